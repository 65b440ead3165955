import type { Block, Document, List, ListItem } from "../document.ts";
import { indent } from "./indent.ts";

export interface WrittenBlock {
  readonly block: Block;
  readonly markdown: string;
}

/** What stands before items, or after their number. */
export type ListMarker = "-" | "*" | "." | ")";

/** A list directly after another one of its kind has another marker: Markdown would make one list of both. */
export function nextMarker(list: List, before: ListMarker | null): ListMarker {
  if (list.start === null) return before === "-" ? "*" : "-";
  return before === "." ? ")" : ".";
}

export function writeList(
  list: List,
  marker: ListMarker,
  write: (blocks: Document) => readonly WrittenBlock[],
): string {
  const items = list.items.map((item, index) => {
    const head = list.start === null ? marker : `${list.start + index}${marker}`;
    return writeItem(
      head,
      item,
      list.loose ? joinLoose(write(item.blocks)) : joinTight(write(item.blocks)),
    );
  });
  return items.join(list.loose ? "\n\n" : "\n");
}

function writeItem(head: string, { done }: ListItem, text: string): string {
  const box = done === null ? "" : done ? "[x] " : "[ ] ";
  if (text === "") return `${head} ${box}`.trimEnd();
  return `${head} ${box}${indent(text, " ".repeat(head.length + 1))}`;
}

function joinLoose(blocks: readonly WrittenBlock[]): string {
  return blocks.map((written) => written.markdown).join("\n\n");
}

function joinTight(blocks: readonly WrittenBlock[]): string {
  let text = "";
  for (const [index, { block, markdown }] of blocks.entries()) {
    const before = blocks[index - 1]?.block;
    if (before) text += canFollow(before, block) ? "\n" : "\n\n";
    text += markdown;
  }
  return text;
}

/** Only what ends a paragraph may follow one without a blank line; lists do, if they begin with 1 and with text. */
function canFollow(before: Block, block: Block): boolean {
  if (before.kind !== "paragraph" && before.kind !== "heading" && before.kind !== "code")
    return false;
  if (block.kind !== "list" || (block.start ?? 1) !== 1) return false;
  return (block.items[0]?.blocks.length ?? 0) > 0;
}
