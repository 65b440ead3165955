import type { Picks } from "./picks.ts";

/** Words. */
const LARGEST_ISLAND = 10;
/** Blocks without content on both sides. */
const WIDE_WATER = 8;

/** Drops a few words that stand far from everything else that is kept. */
export function dropIslands({ content, picked }: Picks): void {
  const { words } = content.survey.blocks;
  const runs = runsOf(picked);
  for (const [index, [from, to]] of runs.entries()) {
    const before = runs[index - 1]?.[1] ?? Number.NEGATIVE_INFINITY;
    const after = runs[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const isAlone = from - before >= WIDE_WATER && after - to >= WIDE_WATER;
    const size = words.subarray(from, to).reduce((sum, count) => sum + count, 0);
    if (runs.length > 1 && isAlone && size < LARGEST_ISLAND) picked.fill(0, from, to);
  }
}

function runsOf(picked: Uint8Array): readonly (readonly [from: number, to: number])[] {
  const runs: [number, number][] = [];
  for (let block = 0; block < picked.length; block++) {
    if (picked[block] === 0) continue;
    const last = runs.at(-1);
    if (last?.[1] === block) last[1] = block + 1;
    else runs.push([block, block + 1]);
  }
  return runs;
}
