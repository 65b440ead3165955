import type { Survey } from "./survey.ts";

/** Lengths from which on they are not told apart. */
const MAX_LENGTH = 2 ** 20;

/**
 * For each block, the first one that says the same; -1 where no other does. Pages hold some parts twice: for
 * small and for large screens, or as slides that go round.
 */
export function findCopies({ blocks }: Survey): Int32Array {
  const { count, hash, length } = blocks;
  const firsts = new Map<number, number>();
  const firstCopy = new Int32Array(count).fill(-1);
  for (let block = 0; block < count; block++) {
    const key = (hash[block] ?? 0) * MAX_LENGTH + Math.min(length[block] ?? 0, MAX_LENGTH - 1);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, block);
    else {
      firstCopy[first] = first;
      firstCopy[block] = first;
    }
  }
  return firstCopy;
}
