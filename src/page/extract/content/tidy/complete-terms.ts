import { Tag } from "../../../tree/tag.ts";
import { blocksOf } from "../survey.ts";
import type { Picks } from "./picks.ts";

/** What names a thing, by the tag of what is said about it. */
const NAME_OF: ReadonlyMap<number, number> = new Map([
  [Tag.DD, Tag.DT],
  [Tag.DETAILS, Tag.SUMMARY],
]);

/** Picks the terms of picked definitions, and the summaries of picked details. */
export function completeTerms({ content, picked }: Picks): void {
  const { tree, survey } = content;
  for (let node = tree.size - 1; node > 0; node--) {
    const name = NAME_OF.get(tree.tag[node] ?? 0);
    if (name === undefined) continue;
    const [from, to] = blocksOf(survey, node);
    if (picked.indexOf(1, from) >= to || picked.indexOf(1, from) < 0) continue;
    const named = name === Tag.SUMMARY ? from : from - 1;
    const owner = survey.blocks.owner[named] ?? 0;
    if (named >= 0 && isWithin(content.tree, owner, name)) picked[named] = 1;
  }
}

function isWithin(tree: Picks["content"]["tree"], node: number, tag: number): boolean {
  for (let up = node; up > 0; up = tree.parent[up] ?? 0) if (tree.tag[up] === tag) return true;
  return false;
}
