import assert from "node:assert/strict";
import { cpuMs } from "./cpu-ms.ts";

const GROWTH = 4;
/** Between 4, which is linear with what caches and the collector of garbage add, and 16, which is quadratic. */
const MOST_GROWTH = 10;
/** Below this, figures are noise, and nobody waits. */
const UNNOTICED_MS = 20;
/** Of several runs the least counts: something else may have come between. */
const RUNS = 3;

/**
 * Throws where four times the input costs far more than four times the work. What is compared is this thread's own
 * processor time in one run, so that neither a slow machine nor other programs on it count.
 */
export function assertLinear(
  work: (size: number) => void,
  { size }: { readonly size: number },
): void {
  const quarter = Math.ceil(size / GROWTH);
  const small = Math.min(...Array.from({ length: RUNS }, () => cpuMs(() => work(quarter))));
  const most = Math.max(small * MOST_GROWTH, UNNOTICED_MS);
  let large = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS && large >= most; run++) {
    large = Math.min(
      large,
      cpuMs(() => work(size)),
    );
  }
  assert.ok(large < most, `${small} ms became ${large} ms with ${GROWTH} times the input`);
}
