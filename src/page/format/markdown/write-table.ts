import type { BlockWriter } from "../block-writer.ts";
import type { Alignment, Cell, Table } from "../document.ts";
import { LINE, writeInlines } from "./write-inlines.ts";

const RULES: Readonly<Record<NonNullable<Alignment>, string>> = {
  left: ":--",
  center: ":-:",
  right: "--:",
};

/** Cells that are written empty to fill rows up: for each cell of the page. Readers fill up the rest. */
const MAX_PADDING = 2;

/**
 * A GFM table. It must have a header: where the page has none it is empty. Cells that others span are empty too,
 * so that no text is there twice.
 */
export function writeTable({ headerRows, rows, alignments }: Table, writer: BlockWriter): void {
  const width = alignments.length;
  const cellCount = rows.reduce((count, row) => count + row.length, 0);
  const isPadded = rows.length * width <= (MAX_PADDING + 1) * cellCount;
  const [header = [], ...body] = headerRows > 0 ? rows : [[], ...rows];
  const rules = alignments.map((alignment) => (alignment ? RULES[alignment] : "---"));
  writer.text(writeRow(header, width));
  writer.gap("\n");
  writer.text(`| ${rules.join(" | ")} |`);
  for (const row of body) {
    writer.gap("\n");
    writer.text(writeRow(row, isPadded ? width : row.length));
  }
}

function writeRow(row: readonly Cell[], width: number): string {
  const cells = Array.from({ length: width }, (_, column) => writeCell(row[column]));
  return `|${cells.map((cell) => (cell === "" ? "  " : ` ${cell} `)).join("|")}|`;
}

function writeCell(cell: Cell | undefined): string {
  if (!cell || cell.content.length === 0) return "";
  return writeInlines(cell.content, LINE)
    .replaceAll("  \n", "<br>")
    .replaceAll("\n", " ")
    .replaceAll("|", "\\|");
}
