import { blockText } from "./block-text.ts";
import type { Survey } from "./survey.ts";

/** Characters that two texts are compared by, besides their number of words. */
const COMPARED_LENGTH = 300;

/**
 * For each block, the first one that says the same; -1 where no other does. Pages hold some parts twice: for
 * small and for large screens, or as slides that go round.
 */
export function findCopies(survey: Survey): Int32Array {
  const { count, words } = survey.blocks;
  const firsts = new Map<string, number>();
  const firstCopy = new Int32Array(count).fill(-1);
  for (let block = 0; block < count; block++) {
    const text = blockText(survey, block, COMPARED_LENGTH).slice(0, COMPARED_LENGTH);
    const key = `${words[block]} ${text.trim().replace(/\s+/g, " ").toLowerCase()}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, block);
    else {
      firstCopy[first] = first;
      firstCopy[block] = first;
    }
  }
  return firstCopy;
}
