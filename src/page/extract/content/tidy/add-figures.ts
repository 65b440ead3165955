import { Tag } from "../../../tree/tag.ts";
import type { Tree } from "../../../tree/tree.ts";
import { blocksOf, sumBetween } from "../survey.ts";
import type { Picks } from "./picks.ts";

/** Words; what says more is no caption. */
const LONGEST_CAPTION = 80;
/** A caption that is less likely than this belongs to something else. */
const MIN_CAPTION_LIKELIHOOD = 0.1;
/** Words of content beside a figure from which on it belongs to a text. */
const ENOUGH_TEXT = 30;

const SHOWN: ReadonlySet<number> = new Set([
  ...[Tag.IMG, Tag.PICTURE, Tag.VIDEO, Tag.AUDIO, Tag.IFRAME, Tag.PRE, Tag.TABLE],
]);

/** Picks the captions of figures that stand within a picked text. */
export function addFigures(picks: Picks): void {
  const { tree, survey } = picks.content;
  if (!tree.tag.includes(Tag.FIGURE)) return;
  const shownBefore = countShown(tree);
  const wordsBefore = sumPickedWords(picks);
  const first = picks.picked.indexOf(1);
  const last = picks.picked.lastIndexOf(1);
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.FIGURE) continue;
    const [from, to] = blocksOf(survey, node);
    const isWithin = from > first && to <= last;
    const isShowing = sumBetween(shownBefore, node, tree.end[node] ?? node) > 0;
    const beside = sumBetween(wordsBefore, ...blocksOf(survey, tree.parent[node] ?? 0));
    const isOfText = isWithin && isShowing && beside >= ENOUGH_TEXT;
    if (isOfText && isCaption(picks, from, to)) picks.picked.fill(1, from, to);
  }
}

/** How many nodes before each one show something; one more entry than nodes. */
function countShown({ tag, size }: Tree): Int32Array {
  const counts = new Int32Array(size + 1);
  for (let node = 0; node < size; node++) {
    counts[node + 1] = (counts[node] ?? 0) + (SHOWN.has(tag[node] ?? 0) ? 1 : 0);
  }
  return counts;
}

/** Words of the picked ones of all blocks before each one; one more entry than blocks. */
function sumPickedWords({ content, picked }: Picks): Int32Array {
  const { words } = content.survey.blocks;
  const sums = new Int32Array(picked.length + 1);
  for (const [block, isPicked] of picked.entries()) {
    sums[block + 1] = (sums[block] ?? 0) + isPicked * (words[block] ?? 0);
  }
  return sums;
}

function isCaption({ content, likelihood }: Picks, from: number, to: number): boolean {
  const words = sumBetween(content.survey.sums.words, from, to);
  const isLikely = (p: number): boolean => p >= MIN_CAPTION_LIKELIHOOD;
  return words <= LONGEST_CAPTION && likelihood.subarray(from, to).some(isLikely);
}
