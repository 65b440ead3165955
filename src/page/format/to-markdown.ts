import type { Document } from "./document.ts";
import { writeBlocks } from "./markdown/write-blocks.ts";

/**
 * CommonMark with the tables, strikethrough, task lists and footnotes of GitHub's flavour. Text is escaped only
 * where it would be read as markup. Ends without a line break; "" where there is nothing to read.
 */
export function toMarkdown(document: Document): string {
  return writeBlocks(document);
}
