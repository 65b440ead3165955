import { Tag, Trait } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import { holdsTag, holdsTrait } from "./holds-tag.ts";
import type { TableParts } from "./table-rows.ts";

const TABLES: ReadonlySet<number> = new Set([Tag.TABLE]);
const RICH: ReadonlySet<number> = new Set([
  Tag.UL,
  Tag.OL,
  Tag.DL,
  Tag.PRE,
  Tag.BLOCKQUOTE,
  Tag.HR,
  Tag.FORM,
  Tag.DETAILS,
]);

interface Facts {
  readonly tree: Tree;
  readonly table: number;
  readonly cells: readonly number[];
  readonly hasHeaders: boolean;
  readonly columns: number;
  readonly rows: number;
}

/** Signs that a table only arranges what it holds. The first that holds decides. */
const SIGNS: readonly { readonly holds: (facts: Facts) => boolean; readonly why: string }[] = [
  {
    holds: ({ tree, table }) =>
      /^(?:presentation|none)$/i.test(tree.attribute(table, "role") ?? ""),
    why: "the page says so",
  },
  {
    holds: ({ tree, cells }) => cells.some((cell) => holdsTag(tree, cell, TABLES)),
    why: "a table of data holds no tables",
  },
  {
    holds: ({ tree, cells }) =>
      cells.some((cell) => tree.tag[cell] === Tag.TD && holdsTrait(tree, cell, Trait.HEADING)),
    why: "headings part a page, not a cell",
  },
  {
    holds: ({ hasHeaders, columns, rows }) => !hasHeaders && (columns < 2 || rows < 2),
    why: "one column or one row compares nothing",
  },
  {
    holds: ({ tree, cells, hasHeaders }) =>
      !hasHeaders && cells.some((cell) => holdsTag(tree, cell, RICH)),
    why: "lists, code and quotes in cells without a header are columns of a page",
  },
];

export function isLayoutTable(tree: Tree, table: number, { rows }: TableParts): boolean {
  const cells = rows.flatMap((row) => row.cells);
  const facts: Facts = {
    tree,
    table,
    cells,
    hasHeaders: rows.some((row) => row.isHead) || cells.some((cell) => tree.tag[cell] === Tag.TH),
    columns: rows.reduce((most, row) => Math.max(most, row.cells.length), 0),
    rows: rows.length,
  };
  return SIGNS.some(({ holds }) => holds(facts));
}
