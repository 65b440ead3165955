interface Backoff {
  /** Pauses there have been. */
  readonly pauses: number;
  readonly baseMs: number;
  readonly maxMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * Full jitter: a random part of a bound that doubles with each pause, so that those who failed together do
 * not come back together.
 */
export function backoffMs({ pauses, baseMs, maxMs, random }: Backoff): number {
  return Math.floor(random() * Math.min(maxMs, baseMs * 2 ** pauses));
}
