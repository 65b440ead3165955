import { Tag } from "../../tree/tag.ts";
import type { ContentFacts } from "./content-facts.ts";
import { Markup } from "./surroundings.ts";

/** Blocks that were picked one by one, while rules about several at once go over them. */
export interface Picks {
  readonly content: ContentFacts;
  readonly likelihood: Float64Array;
  /** 1: content. The rules change it. */
  readonly picked: Uint8Array;
}

interface TidyRule {
  readonly name: string;
  readonly why: string;
  readonly apply: (picks: Picks) => void;
}

/** In this order: what a rule leaves is what the next one sees. */
export const TIDY_RULES: readonly TidyRule[] = [
  {
    name: "whole tables",
    why: "half a table says something else than the table",
    apply: (picks) => completeElements(picks, isDataTable),
  },
  {
    name: "headings of kept sections",
    why: "a text is hard to read without the heading that it stands under",
    apply: addHeadings,
  },
  {
    name: "headings of nothing",
    why: "the section that they announce is not content",
    apply: dropHeadings,
  },
  {
    name: "copies",
    why: "pages hold parts twice, for small and large screens",
    apply: dropCopies,
  },
  {
    name: "islands",
    why: "a few words far from all other content are there by chance",
    apply: dropIslands,
  },
];

/** Applies the rules, and says what each has changed. */
export function tidyPicks(picks: Picks): string[] {
  const notes: string[] = [];
  for (const { name, why, apply } of TIDY_RULES) {
    const before = Uint8Array.from(picks.picked);
    apply(picks);
    const changed = picks.picked.filter((isPicked, block) => isPicked !== before[block]).length;
    if (changed > 0) notes.push(`${name}: ${changed} blocks changed, since ${why}`);
  }
  return notes;
}

// Tables

/** Of the words of an element; from there on it is kept whole. */
const ENOUGH_PICKED = 0.5;
/** A table with longer cells in the mean lays a page out. */
const LONGEST_CELLS = 120;

function completeElements(
  { content, picked }: Picks,
  isWhole: (content: ContentFacts, node: number) => boolean,
): void {
  const { tree, survey } = content;
  for (let node = 1; node < tree.size; node++) {
    if (!isWhole(content, node)) continue;
    const from = survey.blocksBefore[node] ?? 0;
    const to = survey.blocksBefore[tree.end[node] ?? 0] ?? 0;
    if (pickedShare(content, picked, from, to) >= ENOUGH_PICKED) picked.fill(1, from, to);
  }
}

function isDataTable({ tree, survey }: ContentFacts, node: number): boolean {
  if (tree.tag[node] !== Tag.TABLE) return false;
  const end = tree.end[node] ?? 0;
  let cells = 0;
  for (let inside = node + 1; inside < end; inside++) {
    const tag = tree.tag[inside];
    if (tag === Tag.TABLE || tag === Tag.FORM) return false;
    if (tag === Tag.TD || tag === Tag.TH) cells += 1;
  }
  const { length } = survey.sums;
  const from = survey.blocksBefore[node] ?? 0;
  const to = survey.blocksBefore[end] ?? 0;
  return (length[to] ?? 0) - (length[from] ?? 0) <= cells * LONGEST_CELLS;
}

function pickedShare(
  { survey }: ContentFacts,
  picked: Uint8Array,
  from: number,
  to: number,
): number {
  let total = 0;
  let kept = 0;
  for (let block = from; block < to; block++) {
    const words = survey.blocks.words[block] ?? 0;
    total += words;
    if (picked[block] === 1) kept += words;
  }
  return total > 0 ? kept / total : 0;
}

// Headings

/** A heading that is less likely than this stays out whatever stands under it. */
const MIN_HEADING_LIKELIHOOD = 0.35;

function addHeadings({ content, likelihood, picked }: Picks): void {
  for (const [block, section] of sectionsOf(content)) {
    if (picked[block] === 1 || (likelihood[block] ?? 0) < MIN_HEADING_LIKELIHOOD) continue;
    if (pickedShare(content, picked, ...section) > ENOUGH_PICKED) picked[block] = 1;
  }
}

function dropHeadings({ content, picked }: Picks): void {
  const { level, main } = content.headings;
  for (const [block, section] of sectionsOf(content)) {
    const canGo = picked[block] === 1 && block !== main && (level[block] ?? 0) > 1;
    if (canGo && section[1] > section[0] && pickedShare(content, picked, ...section) === 0) {
      picked[block] = 0;
    }
  }
}

/** Each heading with the range of blocks under it. */
function sectionsOf({ headings }: ContentFacts) {
  const sections: [heading: number, section: [from: number, to: number]][] = [];
  for (const [block, level] of headings.level.entries()) {
    if (level > 0) sections.push([block, [block + 1, headings.after[block] ?? 0]]);
  }
  return sections;
}

// Copies

/** Shorter texts repeat for good reasons. */
const MIN_COPY_WORDS = 4;

function dropCopies({ content, picked }: Picks): void {
  const { firstCopy, survey, markupAround } = content;
  const { words, owner } = survey.blocks;
  const isKeptFirst = new Map<number, number>();
  for (let block = 0; block < picked.length; block++) {
    const first = firstCopy[block] ?? -1;
    if (picked[block] === 0 || first < 0 || (words[block] ?? 0) < MIN_COPY_WORDS) continue;
    const markup = markupAround[owner[block] ?? 0] ?? 0;
    if (markup & (Markup.PREFORMATTED | Markup.TABLE)) continue;
    const kept = isKeptFirst.get(first);
    if (kept === undefined) isKeptFirst.set(first, block);
    else if (!areSiblings(content, kept, block)) picked[block] = 0;
  }
}

/** What repeats side by side was written so: a refrain, a placeholder. */
function areSiblings({ tree, survey }: ContentFacts, block: number, other: number): boolean {
  const { owner } = survey.blocks;
  return tree.parent[owner[block] ?? 0] === tree.parent[owner[other] ?? 0];
}

// Islands

/** Words. */
const LARGEST_ISLAND = 10;
/** Blocks without content on both sides. */
const WIDE_WATER = 8;

function dropIslands({ content, picked }: Picks): void {
  const { words } = content.survey.blocks;
  const runs = runsOf(picked);
  for (const [index, [from, to]] of runs.entries()) {
    const before = runs[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY;
    const after = runs[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const isAlone = from - before >= WIDE_WATER && after - to >= WIDE_WATER;
    const size = words.subarray(from, to).reduce((sum, count) => sum + count, 0);
    if (runs.length > 1 && isAlone && size < LARGEST_ISLAND) picked.fill(0, from, to);
  }
}

function runsOf(picked: Uint8Array): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (let block = 0; block < picked.length; block++) {
    if (picked[block] === 0) continue;
    const last = runs.at(-1);
    if (last?.[1] === block) last[1] = block + 1;
    else runs.push([block, block + 1]);
  }
  return runs;
}
