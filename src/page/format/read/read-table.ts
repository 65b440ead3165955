import { Trait } from "../../tree/tag.ts";
import { codeOfTable } from "./code-of-table.ts";
import type { Flow } from "./flow.ts";
import { holdsTrait } from "./holds-tag.ts";
import { isLayoutTable } from "./is-layout-table.ts";
import { readGrid } from "./read-grid.ts";
import type { ElementReader, Reading } from "./reading.ts";
import { type TableParts, tableParts } from "./table-rows.ts";

/** A table of data, code with numbered lines, or a table that only arranges what it holds. */
export const readTable: ElementReader = (reading, node, flow) => {
  const parts = tableParts(reading.selection, node);
  flow.border();
  for (const stray of parts.strays) reading.node(stray, flow);
  const code = flow.takesBlocks ? codeOfTable(reading.selection, node, parts) : null;
  if (code !== null) flow.block(code);
  else if (flow.takesBlocks && !isLayoutTable(reading.tree, node, parts)) {
    readData(reading, parts, flow);
  } else readLayout(reading, parts, flow);
  flow.border();
};

function readData(reading: Reading, parts: TableParts, flow: Flow): void {
  const caption = parts.caption === null ? [] : reading.line(parts.caption, flow);
  const grid = readGrid(reading, parts.rows, flow);
  if (grid !== null) flow.block({ kind: "table", caption, ...grid });
  else if (caption.length > 0) flow.block({ kind: "paragraph", content: caption });
}

/** Rows of mere text stay lines; what has blocks becomes blocks. */
function readLayout(reading: Reading, { caption, rows }: TableParts, flow: Flow): void {
  if (caption !== null) reading.node(caption, flow);
  for (const { cells } of rows) {
    flow.border();
    const isLine = !cells.some((cell) => holdsTrait(reading.tree, cell, Trait.BLOCK));
    for (const cell of cells) {
      if (isLine) flow.text(" ");
      else flow.border();
      reading.children(cell, flow);
    }
  }
}
