/** 1 or 0. */
export function flag(isSo: boolean): number {
  return isSo ? 1 : 0;
}

/** A count on a scale where each step is a multiple: 0 for 0, 1 for `most` and above. */
export function grade(count: number, most: number): number {
  return Math.min(1, Math.log1p(count) / Math.log1p(most));
}

/** A part of a whole, 0 where there is no whole. */
export function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
