import { Tag } from "../../tree/tag.ts";
import type { Selection } from "../../tree/tree.ts";
import { keptChildren } from "./kept-children.ts";

export interface TableRow {
  readonly cells: readonly number[];
  readonly isHead: boolean;
}

export interface TableParts {
  readonly caption: number | null;
  readonly rows: readonly TableRow[];
  /** What stands in a table without being a part of it. */
  readonly strays: readonly number[];
}

interface OpenParts {
  caption: number | null;
  readonly rows: TableRow[];
  readonly strays: number[];
}

/** The rows of a table, those of its head first, as browsers show them. */
export function tableParts(selection: Selection, table: number): TableParts {
  const parts: OpenParts = { caption: null, rows: [], strays: [] };
  collect(selection, table, false, parts);
  const head = parts.rows.filter((row) => row.isHead);
  const body = parts.rows.filter((row) => !row.isHead);
  return { ...parts, rows: [...head, ...body] };
}

function collect(selection: Selection, node: number, isHead: boolean, parts: OpenParts): void {
  const { tree } = selection;
  let loose: number[] = [];
  for (const child of keptChildren(selection, node)) {
    const tag = tree.tag[child] ?? Tag.TEXT;
    if (tag === Tag.TD || tag === Tag.TH) {
      loose.push(child);
      continue;
    }
    if (loose.length > 0) parts.rows.push({ cells: loose, isHead });
    loose = [];
    if (tag === Tag.TR) addRow(selection, child, isHead, parts);
    else if (tag === Tag.THEAD || tag === Tag.TBODY || tag === Tag.TFOOT) {
      collect(selection, child, tag === Tag.THEAD, parts);
    } else if (tag === Tag.CAPTION) parts.caption ??= child;
    else if (tag !== Tag.COLGROUP && tag !== Tag.COL) parts.strays.push(child);
  }
  if (loose.length > 0) parts.rows.push({ cells: loose, isHead });
}

function addRow(selection: Selection, row: number, isHead: boolean, parts: OpenParts): void {
  const { tree } = selection;
  const cells: number[] = [];
  for (const child of keptChildren(selection, row)) {
    const tag = tree.tag[child] ?? Tag.TEXT;
    if (tag === Tag.TD || tag === Tag.TH) cells.push(child);
    else parts.strays.push(child);
  }
  if (cells.length > 0) parts.rows.push({ cells, isHead });
}
