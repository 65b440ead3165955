import { Tag } from "../../tree/tag.ts";
import type { Selection } from "../../tree/tree.ts";
import type { CodeBlock } from "../document.ts";
import { codeLanguage } from "./code-language.ts";
import { codeText } from "./code-text.ts";
import { holdsTag } from "./holds-tag.ts";
import { keptText } from "./kept-text.ts";
import type { TableParts, TableRow } from "./table-rows.ts";
import { trimCodeEnd } from "./trim-code-end.ts";

const CODE: ReadonlySet<number> = new Set([Tag.PRE, Tag.CODE]);
const CODE_CLASS = /(?:^|[\s_-])(?:code|highlight|blob|hljs|rouge|chroma|diff)/i;
const LINE_NUMBERS = /^[\s\d.:|]*$/;

/** The code of a table that only sets numbers beside its lines: one row for all of them, or one for each. */
export function codeOfTable(
  selection: Selection,
  table: number,
  { rows }: TableParts,
): CodeBlock | null {
  const first = rows[0];
  if (!first || !rows.every((row) => isNumbered(selection, row))) return null;
  if (!isCode(selection, table, first)) return null;
  const lines = rows.map(({ cells }) => trimLine(codeText(selection, cells[1] ?? 0), rows.length));
  const text = trimCodeEnd(lines.join("\n"));
  return text === "" ? null : { kind: "code", language: languageOf(selection, table, first), text };
}

function isNumbered(selection: Selection, { cells }: TableRow): boolean {
  const [number, code] = cells;
  if (cells.length !== 2 || number === undefined || code === undefined) return false;
  const text = keptText(selection, number);
  return LINE_NUMBERS.test(text) && (text.trim() !== "" || hasDataNumber(selection, number));
}

function hasDataNumber({ tree }: Selection, cell: number): boolean {
  return tree.attribute(cell, "data-line-number") !== null;
}

function holdsCode({ tree }: Selection, { cells }: TableRow): boolean {
  return holdsTag(tree, cells[1] ?? 0, CODE);
}

function isCode(selection: Selection, table: number, first: TableRow): boolean {
  const { tree } = selection;
  const names = [table, first.cells[1] ?? 0].map((node) => tree.attribute(node, "class") ?? "");
  return names.some((name) => CODE_CLASS.test(name)) || holdsCode(selection, first);
}

function trimLine(text: string, rowCount: number): string {
  return rowCount > 1 ? text.replace(/\n$/, "") : text;
}

function languageOf({ tree }: Selection, table: number, { cells }: TableRow): string {
  const inside = codeLanguage(tree, cells[1] ?? 0);
  return inside === "" ? codeLanguage(tree, table) : inside;
}
