import { Tag } from "../../tree/tag.ts";
import type { Selection } from "../../tree/tree.ts";

/** The text inside a node, white space as it is, at most about `limit` characters. */
export function keptText(
  { tree, keep }: Selection,
  node: number,
  limit = Number.POSITIVE_INFINITY,
): string {
  let text = "";
  const end = tree.end[node] ?? node;
  for (let n = node; n < end && text.length < limit; n++) {
    if (keep[n] !== 1 && n !== node) n = (tree.end[n] ?? end) - 1;
    else if (tree.tag[n] === Tag.TEXT) text += tree.text(n);
  }
  return text;
}
