import { Tag } from "../../tree/tag.ts";
import type { Survey } from "./survey.ts";

/** The text of a block, about as long as asked for, with its white space as written. */
export function blockText({ tree, blocks }: Survey, block: number, maxLength: number): string {
  const end = blocks.end[block] ?? 0;
  let text = "";
  for (let node = blocks.start[block] ?? 0; node < end && text.length < maxLength; node++) {
    if (tree.tag[node] === Tag.TEXT) text += tree.text(node);
  }
  return text;
}
