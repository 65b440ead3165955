import { BLOCK_COLUMNS } from "./columns/block-columns.ts";
import { PAGE_COLUMNS } from "./columns/page-columns.ts";
import type { ContentFacts } from "./content-facts.ts";
import { BLOCK_POINTS } from "./points/block-points.ts";
import { totalOf } from "./survey.ts";

/** Regions of a kind that are told; a page has hundreds. */
const MAX_REGIONS = 20;
const MAX_REASONS = 2;
const MAX_NAMES_LENGTH = 60;

/** What was kept and what was dropped, region by region, the largest first, and the weightiest reasons for it. */
export function explainPicks(content: ContentFacts, picked: Uint8Array): string[] {
  return [
    totals(content, picked),
    ...regionNotes(content, picked, 1),
    ...regionNotes(content, picked, 0),
  ];
}

function totals({ survey }: ContentFacts, picked: Uint8Array): string {
  const { words, count } = survey.blocks;
  let kept = 0;
  let keptWords = 0;
  for (const [block, isPicked] of picked.entries()) {
    if (isPicked === 0) continue;
    kept += 1;
    keptWords += words[block] ?? 0;
  }
  const allWords = totalOf(survey, survey.sums.words);
  return `kept ${kept} of ${count} blocks, ${keptWords} of ${allWords} words`;
}

interface Region {
  readonly node: number;
  readonly words: number;
  /** The block that says most in it. */
  readonly longest: number;
}

function regionNotes(content: ContentFacts, picked: Uint8Array, verdict: 0 | 1): string[] {
  const regions = regionsOf(content, picked, verdict).sort((a, b) => b.words - a.words);
  const notes = regions.slice(0, MAX_REGIONS).map((region) => {
    const reasons = reasonsFor(content, region.longest, verdict).join(", ");
    const act = verdict === 1 ? "kept" : "dropped";
    return `${act} ${labelOf(content, region.node)}, ${region.words} words: ${reasons}`;
  });
  const rest = regions.length - notes.length;
  return rest > 0 ? [...notes, `and ${rest} smaller ones`] : notes;
}

/** The outermost elements whose blocks all have the same verdict. */
function regionsOf({ tree, survey }: ContentFacts, picked: Uint8Array, verdict: 0 | 1): Region[] {
  const { blocks, blocksBefore, isBorder } = survey;
  const regions: Region[] = [];
  for (let node = 1; node < tree.size; node++) {
    const end = tree.end[node] ?? tree.size;
    const from = blocksBefore[node] ?? 0;
    const to = blocksBefore[end] ?? 0;
    if (isBorder[node] === 0 || to === from) continue;
    if (picked.subarray(from, to).includes(verdict === 1 ? 0 : 1)) continue;
    const { words } = blocks;
    let longest = from;
    let sum = 0;
    for (let block = from; block < to; block++) {
      sum += words[block] ?? 0;
      if ((words[block] ?? 0) > (words[longest] ?? 0)) longest = block;
    }
    regions.push({ node, words: sum, longest });
    node = end - 1;
  }
  return regions;
}

function labelOf({ tree }: ContentFacts, node: number): string {
  const id = tree.attribute(node, "id");
  const names = tree.attribute(node, "class")?.trim().replace(/\s+/g, " ") ?? "";
  const attributes = [
    id === null ? "" : ` id="${id.slice(0, MAX_NAMES_LENGTH)}"`,
    names === "" ? "" : ` class="${names.slice(0, MAX_NAMES_LENGTH)}"`,
  ];
  return `<${tree.name(node)}${attributes.join("")}>`;
}

/** Every block of a page has these in common. */
const COMMON: ReadonlySet<string> = new Set(PAGE_COLUMNS.map(({ name }) => name));

function reasonsFor(content: ContentFacts, block: number, verdict: 0 | 1): readonly string[] {
  const sign = verdict === 1 ? 1 : -1;
  return BLOCK_COLUMNS.filter(({ name }) => !COMMON.has(name))
    .map(({ name, says, of }) => ({ says, points: (BLOCK_POINTS[name] ?? 0) * of(content, block) }))
    .filter(({ points }) => points * sign > 0)
    .sort((a, b) => (b.points - a.points) * sign)
    .slice(0, MAX_REASONS)
    .map(({ says, points }) => `${says} (${points > 0 ? "+" : ""}${points.toFixed(1)})`);
}
