import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import { NodeFlag, type Tree } from "../../tree/tree.ts";

const UNSEEN = NodeFlag.TEMPLATE | NodeFlag.FOREIGN;

/** The text that a node shows, white space folded, at most about `limit` characters. */
export function nodeText(tree: Tree, node: number, limit = 2000): string {
  let text = "";
  const end = tree.end[node] ?? node;
  for (let n = node; n < end && text.length < limit; n++) {
    const tag = tree.tag[n] ?? Tag.TEXT;
    if (tag === Tag.TEXT) text += tree.text(n);
    else if (n !== node && traitsOf(tag) & Trait.SILENT) n = (tree.end[n] ?? end) - 1;
    else if ((tree.flags[n] ?? 0) & UNSEEN) n = (tree.end[n] ?? end) - 1;
    else if (tag === Tag.BR || traitsOf(tag) & Trait.BLOCK) text += " ";
  }
  return foldSpaces(text.slice(0, limit));
}

/** White space folded, and invisible characters left out. */
export function foldSpaces(text: string): string {
  return (
    text
      .replace(/[\u00AD\u200B\u2060\uFEFF]/g, "")
      // Runs of white space but a single space, which most are.
      .replace(/[^\S ]\s*| \s+/g, " ")
      .trim()
  );
}
