export interface MemoryNow {
  /** What the process may use: the container's limit where there is one. */
  readonly limitBytes: number;
  /** What of it is still free. */
  readonly freeBytes: number;
}

/** Below a quarter of the memory claiming slows down; with less than this it stops. */
const STOP_SHARE = 0.08;
const SLOW_SHARE = 0.25;

/**
 * The share of the free places that may be filled now, from 1 (no pressure) to 0: the kernel kills without asking, so
 * new work waits until running work has given its memory back.
 */
export function shareUnderPressure({ limitBytes, freeBytes }: MemoryNow): number {
  const free = freeBytes / limitBytes;
  return Math.max(0, Math.min(1, (free - STOP_SHARE) / (SLOW_SHARE - STOP_SHARE)));
}
