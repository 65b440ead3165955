import { BlockWriter } from "./block-writer.ts";
import { delimitTex } from "./delimit-tex.ts";
import type {
  Alignment,
  Block,
  Cell,
  CodeBlock,
  Definitions,
  Document,
  Inline,
  List,
  ListItem,
  SpanKind,
  Table,
} from "./document.ts";
import { escapeHtml } from "./escape-html.ts";

/**
 * Clean HTML, safe to insert in any page. Elements and attributes are those that are named here and no others,
 * each closed where it was opened, and all text escaped: nothing of the page's own markup is passed on.
 */
export function toContentHtml(blocks: Document, maxLength = Number.POSITIVE_INFINITY): string {
  const writer = new BlockWriter({ maxLength, omission: "<p>[…]</p>" });
  writeBlocks(writer, blocks);
  return writer.finish();
}

const SPANS: Readonly<Record<SpanKind, string>> = {
  emphasis: "em",
  strong: "strong",
  strike: "del",
  sub: "sub",
  sup: "sup",
};

function writeBlocks(writer: BlockWriter, blocks: Document): void {
  writeLines(writer, blocks, (block) => writeBlock(writer, block));
}

/** Each of these on a line of its own, as far as it leaves anything. */
function writeLines<T>(writer: BlockWriter, parts: readonly T[], write: (part: T) => void): void {
  const start = writer.length;
  for (const part of parts) {
    if (writer.length > start) writer.gap("\n");
    write(part);
  }
}

/** An element whose tags stand on lines of their own. */
function writeElement(writer: BlockWriter, name: string, write: () => void): void {
  const [tag] = name.split(" ", 1);
  writer.within({ head: `<${name}>`, foot: `</${tag}>` }, () => {
    writer.gap("\n");
    write();
    writer.gap("\n");
  });
}

function writeBlock(writer: BlockWriter, block: Block): void {
  switch (block.kind) {
    case "paragraph":
      writer.text(`<p>${writeInlines(block.content)}</p>`);
      break;
    case "heading":
      writer.text(`<h${block.level}>${writeInlines(block.content)}</h${block.level}>`);
      break;
    case "list":
      writeList(writer, block);
      break;
    case "quote":
      writeElement(writer, "blockquote", () => writeBlocks(writer, block.blocks));
      break;
    case "code":
      writeCode(writer, block);
      break;
    case "table":
      writeElement(writer, "table", () => writeTable(writer, block));
      break;
    case "definitions":
      writeElement(writer, "dl", () => writeEntries(writer, block));
      break;
    case "details":
      writeElement(writer, "details", () => {
        writer.text(`<summary>${writeInlines(block.summary)}</summary>`);
        writer.gap("\n");
        writeBlocks(writer, block.blocks);
      });
      break;
    case "math":
      writer.text(`<p>${writeMath(block.tex, "$$")}</p>`);
      break;
    case "note":
      writeElement(writer, `div id="${noteId(block.label)}"`, () => {
        writer.text(`<p>[${escapeHtml(block.label)}]</p>`);
        writer.gap("\n");
        writeBlocks(writer, block.blocks);
      });
      break;
    case "rule":
      writer.text("<hr>");
      break;
  }
}

function writeList(writer: BlockWriter, { start, loose, items }: List): void {
  const name = start === null ? "ul" : "ol";
  const number = start === null || start === 1 ? "" : ` start="${start}"`;
  writeElement(writer, name + number, () =>
    writeLines(writer, items, (item) => writeItem(writer, item, loose)),
  );
}

/** The text of a tight item stands in it without a paragraph around. */
function writeItem(writer: BlockWriter, { done, blocks }: ListItem, loose: boolean): void {
  const box = done === null ? "" : `<input type="checkbox" disabled${done ? " checked" : ""}> `;
  writer.within({ head: `<li>${box}`, foot: "</li>" }, () =>
    writeLines(writer, blocks, (block) => {
      if (block.kind === "paragraph" && !loose) writer.text(writeInlines(block.content));
      else writeBlock(writer, block);
    }),
  );
}

function writeCode(writer: BlockWriter, { language, text }: CodeBlock): void {
  const name = language === "" ? "" : ` class="language-${escapeHtml(language)}"`;
  writer.within({ head: `<pre><code${name}>`, foot: "</code></pre>" }, () => {
    writer.text(escapeHtml(text));
    writer.gap("\n");
  });
}

function writeTable(writer: BlockWriter, { caption, alignments, headerRows, rows }: Table): void {
  const title = caption.length > 0 ? [`<caption>${writeInlines(caption)}</caption>`] : [];
  writeLines(writer, title, (line) => writer.text(line));
  const parts = [
    { part: "thead", cell: "th", rows: rows.slice(0, headerRows) },
    { part: "tbody", cell: "td", rows: rows.slice(headerRows) },
  ] as const;
  for (const { part, cell, rows } of parts.filter(({ rows }) => rows.length > 0)) {
    writer.gap("\n");
    writeElement(writer, part, () =>
      writeLines(writer, rows, (row) => writer.text(writeRow(row, cell, alignments))),
    );
  }
}

function writeRow(
  row: readonly Cell[],
  name: "th" | "td",
  alignments: readonly Alignment[],
): string {
  const cells = row.map(({ content }, column) => {
    const alignment = alignments[column] ?? null;
    const attribute = alignment === null ? "" : ` align="${alignment}"`;
    return `<${name}${attribute}>${writeInlines(content)}</${name}>`;
  });
  return `<tr>${cells.join("")}</tr>`;
}

function writeEntries(writer: BlockWriter, { entries }: Definitions): void {
  writeLines(writer, entries, ({ terms, blocks }) => {
    writeLines(writer, terms, (term) => writer.text(`<dt>${writeInlines(term)}</dt>`));
    if (blocks.length === 0) return;
    writer.gap("\n");
    writeElement(writer, "dd", () => writeBlocks(writer, blocks));
  });
}

function writeInlines(content: readonly Inline[]): string {
  return content.map(writeInline).join("");
}

function writeInline(inline: Inline): string {
  switch (inline.kind) {
    case "text":
      return escapeHtml(inline.text);
    case "code":
      return `<code>${escapeHtml(inline.text)}</code>`;
    case "link":
      return `<a href="${escapeHtml(inline.href)}"${writeTitle(inline.title)}>${writeInlines(inline.content)}</a>`;
    case "image":
      return `<img src="${escapeHtml(inline.src)}" alt="${escapeHtml(inline.alt)}"${writeTitle(inline.title)}>`;
    case "break":
      return "<br>";
    case "math":
      return writeMath(inline.tex, "$");
    case "note-reference":
      return `<sup><a href="#${noteId(inline.label)}">${escapeHtml(inline.label)}</a></sup>`;
    default:
      return `<${SPANS[inline.kind]}>${writeInlines(inline.content)}</${SPANS[inline.kind]}>`;
  }
}

function writeMath(tex: string, delimiter: "$" | "$$"): string {
  return escapeHtml(delimitTex(tex, delimiter));
}

function writeTitle(title: string): string {
  return title === "" ? "" : ` title="${escapeHtml(title)}"`;
}

function noteId(label: string): string {
  return `note-${escapeHtml(label)}`;
}
