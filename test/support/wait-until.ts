import { setTimeout as sleep } from "node:timers/promises";

/** Looks every 20 ms. @throws Error when the time is over first. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`Not true within ${timeoutMs} ms: ${isTrue}`);
    await sleep(20);
  }
}
