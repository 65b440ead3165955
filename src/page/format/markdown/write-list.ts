import type { BlockWriter } from "../block-writer.ts";
import type { Block, Document, List, ListItem } from "../document.ts";

/** What stands before items, or after their number. */
export type ListMarker = "-" | "*" | "." | ")";

/** What parts a block from the one that was written before it. */
export type Gap = (before: Block, block: Block) => "\n" | "\n\n";

/** A list directly after another one of its kind has another marker: Markdown would make one list of both. */
export function nextMarker(list: List, before: ListMarker | null): ListMarker {
  if (list.start === null) return before === "-" ? "*" : "-";
  return before === "." ? ")" : ".";
}

export interface ListWriting {
  readonly writer: BlockWriter;
  readonly marker: ListMarker;
  readonly writeItem: (blocks: Document, gapOf: Gap) => void;
}

export function writeList(list: List, { writer, marker, writeItem }: ListWriting): void {
  const gapOf = list.loose ? looseGap : tightGap;
  for (const [index, item] of list.items.entries()) {
    const mark = list.start === null ? marker : `${list.start + index}${marker}`;
    if (index > 0) writer.gap(list.loose ? "\n\n" : "\n");
    writer.within({ head: `${mark} ${checkBox(item)}`, prefix: " ".repeat(mark.length + 1) }, () =>
      writeItem(item.blocks, gapOf),
    );
  }
}

function checkBox({ done }: ListItem): string {
  return done === null ? "" : done ? "[x] " : "[ ] ";
}

export const looseGap: Gap = () => "\n\n";

const tightGap: Gap = (before, block) => (canFollow(before, block) ? "\n" : "\n\n");

/** Only what ends a paragraph may follow one without a blank line; lists do, if they begin with 1 and with text. */
function canFollow(before: Block, block: Block): boolean {
  if (before.kind !== "paragraph" && before.kind !== "heading" && before.kind !== "code")
    return false;
  if (block.kind !== "list" || (block.start ?? 1) !== 1) return false;
  return (block.items[0]?.blocks.length ?? 0) > 0;
}
