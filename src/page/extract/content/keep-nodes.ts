import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import { NodeFlag, type Tree } from "../../tree/tree.ts";
import type { Survey } from "./survey.ts";

/** Silent elements that show something all the same. */
const MEDIA: ReadonlySet<number> = new Set([
  Tag.IFRAME,
  Tag.VIDEO,
  Tag.AUDIO,
  Tag.OBJECT,
  Tag.SVG,
  Tag.CANVAS,
]);

/** Elements that no reader sees, whatever is in them. */
export function isMachinery(tree: Tree, node: number): boolean {
  const tag = tree.tag[node] ?? 0;
  const isSilent = (traitsOf(tag) & Trait.SILENT) > 0 && !MEDIA.has(tag);
  return isSilent || ((tree.flags[node] ?? 0) & NodeFlag.TEMPLATE) > 0;
}

/** From blocks to nodes: the texts of the picked blocks, what is around them, and the pictures between them. */
export function keepNodes(survey: Survey, picked: Uint8Array): Uint8Array {
  const keep = new Uint8Array(survey.tree.size);
  keep[0] = 1;
  for (const [block, isPicked] of picked.entries()) {
    if (isPicked === 1) keepBlock(survey, block, keep);
  }
  keepWordless(survey, picked, keep);
  return keep;
}

function keepBlock({ tree, blocks }: Survey, block: number, keep: Uint8Array): void {
  const end = blocks.end[block] ?? 0;
  for (let text = blocks.start[block] ?? 0; text < end; text++) {
    if (tree.tag[text] !== Tag.TEXT) continue;
    for (let node = text; node >= 0 && keep[node] === 0; node = tree.parent[node] ?? -1) {
      keep[node] = 1;
    }
  }
}

/** Keeps pictures, rules and line breaks where their surroundings are kept. */
function keepWordless(survey: Survey, picked: Uint8Array, keep: Uint8Array): void {
  const { tree, blocks, blocksBefore } = survey;
  const isInSpan = spanTest(survey, picked, keep);
  for (let node = 1; node < tree.size; node++) {
    if (keep[node] === 1 || tree.tag[node] === Tag.TEXT) continue;
    const end = tree.end[node] ?? tree.size;
    const hasBlocks = (blocksBefore[end] ?? 0) > (blocksBefore[node] ?? 0);
    const lastBlock = (blocksBefore[node] ?? 0) - 1;
    const isInDropped = node < (blocks.end[lastBlock] ?? 0) && picked[lastBlock] === 0;
    const isKept =
      !hasBlocks &&
      !isInDropped &&
      keep[tree.parent[node] ?? 0] === 1 &&
      !isSecondPicture(tree, node) &&
      !isMachinery(tree, node) &&
      isInSpan(node);
    if (isKept) keep[node] = 1;
    else node = end - 1;
  }
}

/** Of what stands in body itself only what is between the first and the last kept text: the logo comes before. */
function spanTest({ tree, blocks }: Survey, picked: Uint8Array, keep: Uint8Array) {
  const start = blocks.start[picked.indexOf(1)] ?? 0;
  const end = blocks.end[picked.lastIndexOf(1)] ?? 0;
  const isPageFrame = (node: number): boolean =>
    tree.tag[node] === Tag.BODY || tree.tag[node] === Tag.HTML || node === 0;
  return (node: number): boolean => {
    const isAtTop = isPageFrame(tree.parent[node] ?? 0);
    return !isAtTop || (node > start && node < end) || keep[node] === 1;
  };
}

/** Nodes that are looked at around a noscript. */
const MAX_LOOKED_AT = 60;

/** Pages that load pictures late show them once more for browsers without scripts. */
function isSecondPicture(tree: Tree, node: number): boolean {
  if (tree.tag[node] !== Tag.NOSCRIPT) return false;
  const parent = tree.parent[node] ?? 0;
  const end = Math.min(tree.end[parent] ?? 0, parent + MAX_LOOKED_AT);
  for (let beside = parent + 1; beside < end; beside++) {
    const isForAll = ((tree.flags[beside] ?? 0) & NodeFlag.NOSCRIPT) === 0;
    if (tree.tag[beside] === Tag.IMG && isForAll && hasSource(tree, beside)) return true;
  }
  return false;
}

function hasSource(tree: Tree, image: number): boolean {
  const sources = [tree.attribute(image, "src"), tree.attribute(image, "data-src")];
  return sources.some((source) => source !== null && source !== "" && !source.startsWith("data:"));
}
