import type { Column } from "../../../src/page/extract/content/columns/column.ts";

/** What every column answers for every block, block by block. */
export function answerColumns<Facts>(
  columns: readonly Column<Facts>[],
  facts: Facts,
  count: number,
): Float32Array {
  const answers = new Float32Array(count * columns.length);
  for (const [index, { of }] of columns.entries()) {
    for (let block = 0; block < count; block++) {
      answers[block * columns.length + index] = of(facts, block);
    }
  }
  return answers;
}
