import { Tag } from "../../../tree/tag.ts";
import type { ContentFacts } from "../content-facts.ts";
import { blocksOf, sumIn } from "../survey.ts";
import { ENOUGH_PICKED, pickedShare } from "./picked-words.ts";
import type { Picks } from "./picks.ts";

/** A table with longer cells in the mean lays a page out. */
const LONGEST_CELLS = 120;

export function completeTables({ content, picked }: Picks): void {
  const { tree, survey } = content;
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.TABLE || !isDataTable(content, node)) continue;
    const [from, to] = blocksOf(survey, node);
    if (pickedShare(survey, picked, from, to) >= ENOUGH_PICKED) picked.fill(1, from, to);
  }
}

function isDataTable({ tree, survey }: ContentFacts, node: number): boolean {
  const end = tree.end[node] ?? 0;
  let cells = 0;
  for (let inside = node + 1; inside < end; inside++) {
    const tag = tree.tag[inside];
    if (tag === Tag.TABLE || tag === Tag.FORM) return false;
    if (tag === Tag.TD || tag === Tag.TH) cells += 1;
  }
  return sumIn(survey, survey.sums.length, node) <= cells * LONGEST_CELLS;
}
