import { writeFile } from "node:fs/promises";
import { join } from "node:path";

interface PointsOrder {
  readonly name: "block" | "context";
  readonly columns: readonly { readonly name: string }[];
  readonly weights: Float64Array;
}

const FOLDER = join(import.meta.dirname, "../../../src/page/extract/content/points");

const MEANING = {
  block: "Points of a block that is judged by itself.",
  context: "Points of a block once all blocks have been judged by themselves.",
};

/** Writes a table of points as source, formatted as the linter wants it. */
export async function writePoints({ name, columns, weights }: PointsOrder): Promise<void> {
  const rows = columns.map((column, index) => {
    const points = Math.round((weights[index] ?? 0) * 100) / 100;
    return `  ${formatKey(column.name)}: ${points + 0},`;
  });
  const source = [
    'import type { Points } from "./points.ts";',
    "",
    `/** ${MEANING[name]} Written by \`bench/quality/fit/fit-points.ts\`: fit again rather than edit. */`,
    `export const ${name.toUpperCase()}_POINTS: Points = {`,
    ...rows,
    "};",
    "",
  ];
  await writeFile(join(FOLDER, `${name}-points.ts`), source.join("\n"));
}

function formatKey(name: string): string {
  return /^[a-z]+$/.test(name) ? name : JSON.stringify(name);
}
