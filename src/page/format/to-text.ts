import { BlockWriter } from "./block-writer.ts";
import type {
  Block,
  Definitions,
  Details,
  Document,
  Inline,
  List,
  ListItem,
  Table,
} from "./document.ts";

/** Plain text: paragraphs set apart by a blank line, lists with their marks, rows of tables with tabs. */
export function toText(blocks: Document, maxLength = Number.POSITIVE_INFINITY): string {
  const writer = new BlockWriter({ maxLength, omission: "[…]" });
  writeBlocks(writer, blocks, "\n\n");
  return writer.finish();
}

function writeBlocks(writer: BlockWriter, blocks: Document, gap: "\n" | "\n\n"): void {
  const start = writer.length;
  for (const block of blocks) {
    if (writer.length > start) writer.gap(gap);
    writeBlock(writer, block);
  }
}

function writeBlock(writer: BlockWriter, block: Block): void {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      writer.text(inlineText(block.content));
      break;
    case "code":
      writer.text(block.text);
      break;
    case "quote":
      writeBlocks(writer, block.blocks, "\n\n");
      break;
    case "list":
      writeList(writer, block);
      break;
    case "table":
      writeTable(writer, block);
      break;
    case "definitions":
      writeDefinitions(writer, block);
      break;
    case "details":
      writeDetails(writer, block);
      break;
    case "math":
      writer.text(block.tex);
      break;
    case "note":
      writer.within({ head: `[${block.label}] ` }, () => writeBlocks(writer, block.blocks, "\n\n"));
      break;
    case "rule":
      break;
  }
}

function writeList(writer: BlockWriter, { start, loose, items }: List): void {
  const gap = loose ? "\n\n" : "\n";
  for (const [index, item] of items.entries()) {
    const mark = start === null ? "-" : `${start + index}.`;
    if (index > 0) writer.gap(gap);
    writer.within({ head: `${mark} ${checkBox(item)}`, prefix: " ".repeat(mark.length + 1) }, () =>
      writeBlocks(writer, item.blocks, gap),
    );
  }
}

function checkBox({ done }: ListItem): string {
  return done === null ? "" : done ? "[x] " : "[ ] ";
}

/** One line for a row, tabs between its cells. */
function writeTable(writer: BlockWriter, { caption, rows }: Table): void {
  const lines = rows.map((row) =>
    row.map((cell) => inlineText(cell.content).replace(/\s+/g, " ")).join("\t"),
  );
  writer.text(joinLines([inlineText(caption), ...lines]));
}

function writeDefinitions(writer: BlockWriter, { entries }: Definitions): void {
  const start = writer.length;
  for (const { terms, blocks } of entries) {
    if (writer.length > start) writer.gap("\n\n");
    writeLead(writer, joinLines(terms.map(inlineText)), "\n");
    writeBlocks(writer, blocks, "\n\n");
  }
}

function writeDetails(writer: BlockWriter, { summary, blocks }: Details): void {
  writeLead(writer, inlineText(summary), "\n\n");
  writeBlocks(writer, blocks, "\n\n");
}

/** What stands above blocks, where there is anything. */
function writeLead(writer: BlockWriter, lead: string, gap: "\n" | "\n\n"): void {
  if (lead === "") return;
  writer.text(lead);
  writer.gap(gap);
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
