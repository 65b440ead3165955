import { type Survey, sumBetween } from "../survey.ts";

/** Words of the picked ones of a range of blocks. */
export function pickedWords(
  { blocks }: Survey,
  picked: Uint8Array,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let block = from; block < to; block++) {
    if (picked[block] === 1) sum += blocks.words[block] ?? 0;
  }
  return sum;
}

/** Their share of the words of the range; 0 where it has none. */
export function pickedShare(survey: Survey, picked: Uint8Array, from: number, to: number): number {
  const total = sumBetween(survey.sums.words, from, to);
  return total > 0 ? pickedWords(survey, picked, from, to) / total : 0;
}

/** The share from which on what belongs together is kept whole. */
export const ENOUGH_PICKED = 0.5;
