/**
 * Picks the blocks that are most likely to agree with what a reader would call the content: in order of
 * likelihood, as many as give the best expected F1 of words. No threshold: a page that is all doubtful gives
 * its best part as well as one that is clear.
 */
export function pickBlocks(likelihood: Float64Array, words: Int32Array): Uint8Array {
  const order = Uint32Array.from(likelihood.keys()).sort(
    (a, b) => (likelihood[b] ?? 0) - (likelihood[a] ?? 0) || a - b,
  );
  const expected = likelihood.reduce((sum, p, block) => sum + p * (words[block] ?? 0), 0);
  const picked = new Uint8Array(likelihood.length);
  const count = bestCount(order, likelihood, words, expected * CAUTION);
  for (const block of order.subarray(0, count)) picked[block] = 1;
  return picked;
}

/**
 * Doubtful blocks are less often content than their likelihood says, since the many of one kind on a page are
 * so together or not at all. Below 1: fewer of them.
 */
const CAUTION = 0.75;

function bestCount(
  order: Uint32Array,
  likelihood: Float64Array,
  words: Int32Array,
  expected: number,
): number {
  let hits = 0;
  let taken = 0;
  let best = 0;
  let bestF1 = -1;
  for (const [index, block] of order.entries()) {
    const size = words[block] ?? 0;
    hits += size * (likelihood[block] ?? 0);
    taken += size;
    const f1 = (2 * hits) / Math.max(1, taken + expected);
    if (f1 <= bestF1) continue;
    bestF1 = f1;
    best = index + 1;
  }
  return best;
}
