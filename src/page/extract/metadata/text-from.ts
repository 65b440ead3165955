import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import { NodeFlag, type Tree } from "../../tree/tree.ts";
import { foldSpaces } from "./node-text.ts";

const UNSEEN = NodeFlag.HIDDEN | NodeFlag.TEMPLATE | NodeFlag.FOREIGN;

/** The text of a block from one of its texts on, up to about `limit` characters. Pieces are set apart. */
export function textFrom(tree: Tree, start: number, limit: number): string {
  let text = "";
  const end = tree.end[blockAround(tree, start)] ?? start;
  for (let n = start; n < end && text.length <= limit; n++) {
    if (tree.tag[n] === Tag.TEXT) text += ` ${tree.text(n)}`;
    else if (traitsOf(tree.tag[n] ?? 0) & (Trait.BLOCK | Trait.SILENT)) break;
  }
  return foldSpaces(text);
}

/** Whether a text is one that visitors see at once. */
export function isSeenText(tree: Tree, node: number): boolean {
  return tree.tag[node] === Tag.TEXT && ((tree.flags[node] ?? 0) & UNSEEN) === 0;
}

function blockAround(tree: Tree, node: number): number {
  let block = tree.parent[node] ?? 0;
  while (block > 0 && !(traitsOf(tree.tag[block] ?? 0) & Trait.BLOCK)) {
    block = tree.parent[block] ?? 0;
  }
  return block;
}
