import { BlockWriter } from "./block-writer.ts";
import type {
  Block,
  CodeBlock,
  Definitions,
  Details,
  Document,
  Heading,
  Inline,
  List,
  Table,
} from "./document.ts";
import { longestRun } from "./markdown/longest-run.ts";
import { LINE, PARAGRAPH, writeInlines } from "./markdown/write-inlines.ts";
import {
  type Gap,
  type ListMarker,
  looseGap,
  nextMarker,
  writeList,
} from "./markdown/write-list.ts";
import { writeTable } from "./markdown/write-table.ts";
import { writeTex } from "./markdown/write-tex.ts";

/**
 * CommonMark with the tables, strikethrough, task lists and footnotes of GitHub's flavour. Text is escaped only
 * where it would be read as markup. Ends without a line break; "" where there is nothing to read.
 */
export function toMarkdown(blocks: Document, maxLength = Number.POSITIVE_INFINITY): string {
  const writer = new BlockWriter({ maxLength, omission: "[…]" });
  writeBlocks(writer, blocks);
  return writer.finish();
}

/** Each block that leaves something to read. */
function writeBlocks(writer: BlockWriter, blocks: Document, gapOf: Gap = looseGap): void {
  let before: Block | null = null;
  let marker: ListMarker | null = null;
  for (const block of blocks) {
    if (before !== null) writer.gap(gapOf(before, block));
    const start = writer.length;
    marker = block.kind === "list" ? nextMarker(block, marker) : null;
    if (block.kind === "list") writeMarkedList(writer, block, marker);
    else writeBlock(writer, block);
    if (writer.length > start) before = block;
  }
}

function writeMarkedList(writer: BlockWriter, list: List, marker: ListMarker | null): void {
  writeList(list, {
    writer,
    marker: marker ?? nextMarker(list, null),
    writeItem: (blocks, gapOf) => writeBlocks(writer, blocks, gapOf),
  });
}

function writeBlock(writer: BlockWriter, block: Exclude<Block, List>): void {
  switch (block.kind) {
    case "paragraph":
      writer.text(writeInlines(block.content, PARAGRAPH));
      break;
    case "heading":
      writer.text(writeHeading(block));
      break;
    case "code":
      writeCode(writer, block);
      break;
    case "quote":
      writer.within({ head: "> ", prefix: "> " }, () => writeBlocks(writer, block.blocks));
      break;
    case "table":
      writeCaptioned(writer, block);
      break;
    case "definitions":
      writeDefinitions(writer, block);
      break;
    case "details":
      writeDetails(writer, block);
      break;
    case "math":
      writer.text(writeTex(block.tex, "$$"));
      break;
    case "note":
      writer.within({ head: `[^${block.label}]: `, prefix: "    " }, () =>
        writeBlocks(writer, block.blocks),
      );
      break;
    case "rule":
      // Dashes would underline a heading, begin a list or open front matter.
      writer.text("***");
      break;
  }
}

function writeHeading({ level, content }: Heading): string {
  const text = writeInlines(content, LINE).replace(/\s*\n/g, " ");
  // Number signs at the end would be dropped.
  return `${"#".repeat(level)} ${text.replace(/(^| )(#+)$/, "$1\\$2")}`;
}

function writeCode(writer: BlockWriter, { language, text }: CodeBlock): void {
  const fence = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  writer.within({ head: fence + language, foot: fence }, () => {
    writer.gap("\n");
    writer.text(text);
    writer.gap("\n");
  });
}

function writeCaptioned(writer: BlockWriter, table: Table): void {
  writeLead(writer, writeInlines(table.caption, PARAGRAPH), "\n\n");
  writeTable(table, writer);
}

function writeDetails(writer: BlockWriter, { summary, blocks }: Details): void {
  writeLead(writer, writeStrong(summary), "\n\n");
  writeBlocks(writer, blocks);
}

/** A term, or several, on lines of their own; its first paragraph goes on below. */
function writeDefinitions(writer: BlockWriter, { entries }: Definitions): void {
  const start = writer.length;
  for (const { terms, blocks } of entries) {
    if (writer.length > start) writer.gap("\n\n");
    const isLine = blocks[0]?.kind === "paragraph";
    writeLead(writer, terms.map(writeStrong).join("  \n"), isLine ? "  \n" : "\n\n");
    writeBlocks(writer, blocks);
  }
}

/** What stands above blocks, where there is anything. */
function writeLead(writer: BlockWriter, lead: string, gap: "\n\n" | "  \n"): void {
  if (lead === "") return;
  writer.text(lead);
  writer.gap(gap);
}

function writeStrong(content: readonly Inline[]): string {
  return content.length === 0 ? "" : writeInlines([{ kind: "strong", content }], PARAGRAPH);
}
