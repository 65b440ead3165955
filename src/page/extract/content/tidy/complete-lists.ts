import { Tag } from "../../../tree/tag.ts";
import type { ContentFacts } from "../content-facts.ts";
import { blocksOf, sumIn } from "../survey.ts";
import { ENOUGH_PICKED, pickedShare } from "./picked-words.ts";
import type { Picks } from "./picks.ts";

const LISTS: ReadonlySet<number> = new Set([Tag.UL, Tag.OL, Tag.DL]);
/** Share of links up to which a list is text; others are chosen from. */
const MOST_LINKED = 0.5;
const UNLINKED = 0.1;
/** Words of a list that is kept since it stands between picked blocks; a longer one speaks for itself. */
const MOST_WORDS_BETWEEN = 150;

export function completeLists({ content, picked }: Picks): void {
  const { tree, survey } = content;
  for (let node = 1; node < tree.size; node++) {
    if (!LISTS.has(tree.tag[node] ?? 0) || !isText(content, node)) continue;
    const [from, to] = blocksOf(survey, node);
    const isBetween = picked[from - 1] === 1 && picked[to] === 1 && isShort(content, node);
    const isWanted = isBetween || pickedShare(survey, picked, from, to) >= ENOUGH_PICKED;
    if (isWanted) picked.fill(1, from, to);
  }
}

/** Few words, and no links to elsewhere. */
function isShort({ survey }: ContentFacts, node: number): boolean {
  const { words, length, linkLength } = survey.sums;
  const isUnlinked = sumIn(survey, linkLength, node) <= sumIn(survey, length, node) * UNLINKED;
  return isUnlinked && sumIn(survey, words, node) <= MOST_WORDS_BETWEEN;
}

function isText({ survey }: ContentFacts, node: number): boolean {
  const { length, linkLength } = survey.sums;
  return sumIn(survey, linkLength, node) <= sumIn(survey, length, node) * MOST_LINKED;
}
