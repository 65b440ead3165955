import type { Block, CodeBlock, Definitions, Document, Heading, Inline } from "./document.ts";
import { indent } from "./markdown/indent.ts";
import { longestRun } from "./markdown/longest-run.ts";
import { LINE, PARAGRAPH, writeInlines } from "./markdown/write-inlines.ts";
import {
  type ListMarker,
  nextMarker,
  type WrittenBlock,
  writeList,
} from "./markdown/write-list.ts";
import { writeTable } from "./markdown/write-table.ts";
import { writeTex } from "./markdown/write-tex.ts";

/**
 * CommonMark with the tables, strikethrough, task lists and footnotes of GitHub's flavour. Text is escaped only
 * where it would be read as markup. Ends without a line break; "" where there is nothing to read.
 */
export function toMarkdown(blocks: Document): string {
  return writeEach(blocks)
    .map((written) => written.markdown)
    .join("\n\n");
}

/** Each block that leaves something to read. */
function writeEach(blocks: Document): WrittenBlock[] {
  const written: WrittenBlock[] = [];
  let marker: ListMarker | null = null;
  for (const block of blocks) {
    marker = block.kind === "list" ? nextMarker(block, marker) : null;
    const markdown =
      block.kind === "list" && marker ? writeList(block, marker, writeEach) : writeBlock(block);
    if (markdown !== "") written.push({ block, markdown });
  }
  return written;
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return writeInlines(block.content, PARAGRAPH);
    case "heading":
      return writeHeading(block);
    case "code":
      return writeCode(block);
    case "quote":
      return `> ${indent(toMarkdown(block.blocks), "> ")}`;
    case "table":
      return joinBlocks([writeInlines(block.caption, PARAGRAPH), writeTable(block)]);
    case "definitions":
      return joinBlocks(block.entries.map(writeEntry));
    case "details":
      return joinBlocks([writeStrong(block.summary), toMarkdown(block.blocks)]);
    case "math":
      return writeTex(block.tex, "$$");
    case "note":
      return `[^${block.label}]: ${indent(toMarkdown(block.blocks), "    ")}`;
    case "list":
      return writeList(block, nextMarker(block, null), writeEach);
    case "rule":
      // Dashes would underline a heading, begin a list or open front matter.
      return "***";
  }
}

function joinBlocks(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function writeHeading({ level, content }: Heading): string {
  const text = writeInlines(content, LINE).replace(/\s*\n/g, " ");
  // Number signs at the end would be dropped.
  return `${"#".repeat(level)} ${text.replace(/(^| )(#+)$/, "$1\\$2")}`;
}

function writeCode({ language, text }: CodeBlock): string {
  const fence = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A term, or several, on lines of their own; its first paragraph goes on below. */
function writeEntry({ terms, blocks }: Definitions["entries"][number]): string {
  const head = terms.map(writeStrong).join("  \n");
  const body = toMarkdown(blocks);
  if (head === "" || body === "") return head + body;
  return `${head}${blocks[0]?.kind === "paragraph" ? "  \n" : "\n\n"}${body}`;
}

function writeStrong(content: readonly Inline[]): string {
  return content.length === 0 ? "" : writeInlines([{ kind: "strong", content }], PARAGRAPH);
}
