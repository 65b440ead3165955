import { Tag } from "../../../tree/tag.ts";
import type { ContentFacts } from "../content-facts.ts";
import { blocksOf, sumIn } from "../survey.ts";
import { ENOUGH_PICKED, pickedShare } from "./picked-words.ts";
import type { Picks } from "./picks.ts";

const LISTS: ReadonlySet<number> = new Set([Tag.UL, Tag.OL, Tag.DL]);
/** Share of links up to which a list is text; others are chosen from. */
const MOST_LINKED = 0.5;

export function completeLists({ content, picked }: Picks): void {
  const { tree, survey } = content;
  for (let node = 1; node < tree.size; node++) {
    if (!LISTS.has(tree.tag[node] ?? 0) || !isText(content, node)) continue;
    const [from, to] = blocksOf(survey, node);
    if (pickedShare(survey, picked, from, to) >= ENOUGH_PICKED) picked.fill(1, from, to);
  }
}

function isText({ survey }: ContentFacts, node: number): boolean {
  const { length, linkLength } = survey.sums;
  return sumIn(survey, linkLength, node) <= sumIn(survey, length, node) * MOST_LINKED;
}
