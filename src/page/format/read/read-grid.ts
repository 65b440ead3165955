import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import type { Alignment, Cell, Inline, Table } from "../document.ts";
import type { Flow } from "./flow.ts";
import type { Reading } from "./reading.ts";
import type { TableRow } from "./table-rows.ts";

/** A cell that spans more is a mistake of the page. */
const MAX_SPAN = 50;
const MAX_SPANNED_ROWS = 1000;
/** Spans over rows are followed in so many columns. */
const MAX_SPANNED_COLUMNS = 200;
const ROWS_FOR_ALIGNMENT = 5;
/** Empty places for each cell of the page: spans may ask for millions. */
const MAX_GROWTH = 4;

/** A place of the grid. `node` is the cell that begins there; null where another cell spans it. */
interface Place extends Cell {
  readonly node: number | null;
}

interface GridRow {
  readonly places: readonly Place[];
  readonly isHead: boolean;
}

const EMPTY: Place = { content: [], node: null };

/** Lays cells out in rows of places; null where all of them are empty. Empty rows and columns at the end are left out. */
export function readGrid(
  reading: Reading,
  rows: readonly TableRow[],
  flow: Flow,
): Pick<Table, "alignments" | "headerRows" | "rows"> | null {
  const grid = layOut(reading, rows, flow);
  const first = grid[0];
  if (!first) return null;
  const width = grid.reduce((most, row) => Math.max(most, row.places.length), 0);
  return {
    alignments: Array.from({ length: width }, (_, column) =>
      alignmentAt(reading.tree, grid, column),
    ),
    headerRows: countHeaderRows(reading.tree, grid, first),
    rows: grid.map((row) => row.places),
  };
}

function layOut(reading: Reading, rows: readonly TableRow[], flow: Flow): GridRow[] {
  const cellCount = rows.reduce((count, row) => count + row.cells.length, 0);
  const spans = new Spans(MAX_GROWTH * cellCount);
  const grid: GridRow[] = [];
  for (const { cells, isHead } of rows) {
    const places: Place[] = [];
    for (const cell of cells) {
      while (spans.takes(places.length)) places.push(EMPTY);
      const columns = spanOf(reading.tree, cell, "colspan");
      spans.add({ column: places.length, columns, rows: spanOf(reading.tree, cell, "rowspan") });
      places.push({ content: reading.line(cell, flow, "cell"), node: cell });
      for (let i = 1; i < columns && spans.mayGrow(); i++) places.push(EMPTY);
    }
    spans.endRow();
    while (places.at(-1)?.content.length === 0) places.pop();
    if (places.length > 0) grid.push({ places, isHead });
  }
  return grid;
}

/** Which places of the rows to come are taken by cells of the rows before. */
class Spans {
  readonly #rowsLeft: number[] = [];
  #places: number;

  constructor(places: number) {
    this.#places = places;
  }

  mayGrow(): boolean {
    return this.#places-- > 0;
  }

  takes(column: number): boolean {
    return (this.#rowsLeft[column] ?? 0) > 0 && this.mayGrow();
  }

  add({ column, columns, rows }: { column: number; columns: number; rows: number }): void {
    if (rows < 2) return;
    const end = Math.min(column + columns, MAX_SPANNED_COLUMNS);
    for (let i = column; i < end; i++) this.#rowsLeft[i] = rows;
  }

  endRow(): void {
    const left = this.#rowsLeft;
    for (let i = 0; i < left.length; i++) if (left[i]) left[i] = (left[i] ?? 0) - 1;
  }
}

function spanOf(tree: Tree, cell: number, name: "colspan" | "rowspan"): number {
  const span = Number.parseInt(tree.attribute(cell, name) ?? "1", 10);
  return span > 1 ? Math.min(span, name === "colspan" ? MAX_SPAN : MAX_SPANNED_ROWS) : 1;
}

/** Rows of `thead`; else a first row of `th`, one that is set bold throughout, or words above numbers. */
function countHeaderRows(tree: Tree, grid: readonly GridRow[], first: GridRow): number {
  const heads = grid.findIndex((row) => !row.isHead);
  if (heads !== 0) return heads === -1 ? grid.length : heads;
  const filled = first.places.filter((place) => place.content.length > 0);
  const isHeader =
    filled.every((place) => tree.tag[place.node ?? 0] === Tag.TH) ||
    (grid.length > 1 && filled.every((place) => place.content.every(isStrong))) ||
    isAboveNumbers(grid);
  return isHeader ? 1 : 0;
}

function isAboveNumbers(grid: readonly GridRow[]): boolean {
  const [first, second] = grid;
  if (!first || !second || first.places.length < second.places.length) return false;
  const isWords = first.places.every(({ content }) => content.length > 0 && !hasDigit(content));
  return isWords && second.places.some(({ content }) => hasDigit(content));
}

function hasDigit(content: readonly Inline[]): boolean {
  return content.some((inline) => {
    if ("content" in inline) return hasDigit(inline.content);
    return "text" in inline && /\d/.test(inline.text);
  });
}

function isStrong(inline: Inline): boolean {
  return inline.kind === "strong";
}

/** What the first cell that begins in a column says of it. */
function alignmentAt(tree: Tree, grid: readonly GridRow[], column: number): Alignment {
  for (const { places } of grid.slice(0, ROWS_FOR_ALIGNMENT)) {
    const node = places[column]?.node ?? null;
    if (node !== null) return alignmentOf(tree, node);
  }
  return null;
}

function alignmentOf(tree: Tree, cell: number): Alignment {
  const style = /text-align\s*:\s*(\w+)/i.exec(tree.attribute(cell, "style") ?? "")?.[1];
  const value = (tree.attribute(cell, "align") ?? style ?? "").toLowerCase();
  return value === "left" || value === "center" || value === "right" ? value : null;
}
