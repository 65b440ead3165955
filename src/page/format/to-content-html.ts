import type {
  Alignment,
  Block,
  Cell,
  Definitions,
  Document,
  Inline,
  List,
  ListItem,
  Paragraph,
  SpanKind,
  Table,
} from "./document.ts";
import { escapeHtml } from "./escape-html.ts";

/**
 * Clean HTML, safe to insert in any page. Elements and attributes are those that are named here and no others,
 * each closed where it was opened, and all text escaped: nothing of the page's own markup is passed on.
 */
export function toContentHtml(blocks: Document): string {
  return blocks.map(writeBlock).join("\n");
}

const SPANS: Readonly<Record<SpanKind, string>> = {
  emphasis: "em",
  strong: "strong",
  strike: "del",
  sub: "sub",
  sup: "sup",
};

function writeBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${writeInlines(block.content)}</p>`;
    case "heading":
      return `<h${block.level}>${writeInlines(block.content)}</h${block.level}>`;
    case "list":
      return writeList(block);
    case "quote":
      return `<blockquote>\n${toContentHtml(block.blocks)}\n</blockquote>`;
    case "code":
      return writeCode(block.language, block.text);
    case "table":
      return writeTable(block);
    case "definitions":
      return `<dl>\n${block.entries.map(writeEntry).join("\n")}\n</dl>`;
    case "details":
      return `<details>\n<summary>${writeInlines(block.summary)}</summary>\n${toContentHtml(block.blocks)}\n</details>`;
    case "math":
      return `<p>$$${escapeHtml(block.tex)}$$</p>`;
    case "note":
      return `<div id="${noteId(block.label)}">\n<p>[${escapeHtml(block.label)}]</p>\n${toContentHtml(block.blocks)}\n</div>`;
    case "rule":
      return "<hr>";
  }
}

function writeList({ start, loose, items }: List): string {
  const name = start === null ? "ul" : "ol";
  const number = start === null || start === 1 ? "" : ` start="${start}"`;
  const lines = items.map((item) => `<li>${writeItem(item, loose)}</li>`);
  return `<${name}${number}>\n${lines.join("\n")}\n</${name}>`;
}

/** The text of a tight item stands in it without a paragraph around. */
function writeItem({ done, blocks }: ListItem, loose: boolean): string {
  const box = done === null ? "" : `<input type="checkbox" disabled${done ? " checked" : ""}> `;
  return (
    box +
    blocks
      .map((block) => (isBare(block, loose) ? writeInlines(block.content) : writeBlock(block)))
      .join("\n")
  );
}

function isBare(block: Block, loose: boolean): block is Paragraph {
  return block.kind === "paragraph" && !loose;
}

function writeCode(language: string, text: string): string {
  const name = language === "" ? "" : ` class="language-${escapeHtml(language)}"`;
  return `<pre><code${name}>${escapeHtml(text)}\n</code></pre>`;
}

function writeTable({ caption, alignments, headerRows, rows }: Table): string {
  const title = caption.length > 0 ? `<caption>${writeInlines(caption)}</caption>\n` : "";
  const head = rows.slice(0, headerRows).map((row) => writeRow(row, "th", alignments));
  const body = rows.slice(headerRows).map((row) => writeRow(row, "td", alignments));
  return `<table>\n${title}${writeRows("thead", head)}${writeRows("tbody", body)}</table>`;
}

function writeRows(name: "thead" | "tbody", rows: readonly string[]): string {
  return rows.length === 0 ? "" : `<${name}>\n${rows.join("\n")}\n</${name}>\n`;
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

function writeEntry({ terms, blocks }: Definitions["entries"][number]): string {
  const heads = terms.map((term) => `<dt>${writeInlines(term)}</dt>`);
  const body = blocks.length === 0 ? [] : [`<dd>\n${toContentHtml(blocks)}\n</dd>`];
  return [...heads, ...body].join("\n");
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
      return `$${escapeHtml(inline.tex)}$`;
    case "note-reference":
      return `<sup><a href="#${noteId(inline.label)}">${escapeHtml(inline.label)}</a></sup>`;
    default:
      return `<${SPANS[inline.kind]}>${writeInlines(inline.content)}</${SPANS[inline.kind]}>`;
  }
}

function writeTitle(title: string): string {
  return title === "" ? "" : ` title="${escapeHtml(title)}"`;
}

function noteId(label: string): string {
  return `note-${escapeHtml(label)}`;
}
