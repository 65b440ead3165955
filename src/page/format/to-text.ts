import type { Block, Document, Inline, List, ListItem, Table } from "./document.ts";

/** Plain text: paragraphs set apart by a blank line, lists with their marks, rows of tables with tabs. */
export function toText(blocks: Document): string {
  return blocks
    .map(writeBlock)
    .filter((text) => text !== "")
    .join("\n\n");
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return inlineText(block.content);
    case "code":
      return block.text;
    case "quote":
      return toText(block.blocks);
    case "list":
      return writeList(block);
    case "table":
      return writeTable(block);
    case "definitions":
      return block.entries
        .map(({ terms, blocks }) => joinLines([...terms.map(inlineText), toText(blocks)]))
        .join("\n\n");
    case "details":
      return [inlineText(block.summary), toText(block.blocks)].filter(Boolean).join("\n\n");
    case "math":
      return block.tex;
    case "note":
      return `[${block.label}] ${toText(block.blocks)}`;
    case "rule":
      return "";
  }
}

function writeList({ start, loose, items }: List): string {
  const texts = items.map((item, index) => {
    const mark = start === null ? "-" : `${start + index}.`;
    return `${mark} ${writeItem(item, loose, mark.length + 1)}`.trimEnd();
  });
  return texts.join(loose ? "\n\n" : "\n");
}

function writeItem({ done, blocks }: ListItem, loose: boolean, indentation: number): string {
  const box = done === null ? "" : done ? "[x] " : "[ ] ";
  const text = blocks
    .map(writeBlock)
    .filter((part) => part !== "")
    .join(loose ? "\n\n" : "\n");
  return box + text.replace(/\n(?!\n)/g, `\n${" ".repeat(indentation)}`);
}

/** One line for a row, tabs between its cells. */
function writeTable({ caption, rows }: Table): string {
  const lines = rows.map((row) =>
    row.map((cell) => inlineText(cell.content).replace(/\s+/g, " ")).join("\t"),
  );
  return joinLines([inlineText(caption), ...lines]);
}

function joinLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== "").join("\n");
}

function inlineText(content: readonly Inline[]): string {
  return content.map(writeInline).join("").trim();
}

function writeInline(inline: Inline): string {
  switch (inline.kind) {
    case "text":
    case "code":
      return inline.text;
    case "math":
      return inline.tex;
    case "break":
      return "\n";
    case "note-reference":
      return `[${inline.label}]`;
    case "image":
      return "";
    default:
      return inline.content.map(writeInline).join("");
  }
}
