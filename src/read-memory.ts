import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How long a reading counts: memory does not change faster than pages come. */
const FRESH_MS = 100;

/** As {@link readFreeMemory}, without reading files for each question. */
export function createMemoryReader(): () => number {
  let read = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - readAt >= FRESH_MS) {
      read = readFreeMemory();
      readAt = performance.now();
    }
    return read;
  };
}

/**
 * Memory that the process may still take, in bytes. In a container with a limit (cgroup v2) the file cache counts as
 * free: the kernel takes it back before it kills.
 */
export function readFreeMemory(cgroup = "/sys/fs/cgroup"): number {
  try {
    const limit = Number(readFileSync(join(cgroup, "memory.max"), "utf8"));
    const used = Number(readFileSync(join(cgroup, "memory.current"), "utf8"));
    const stat = readFileSync(join(cgroup, "memory.stat"), "utf8");
    const cache = Number(/^inactive_file (\d+)$/m.exec(stat)?.[1] ?? 0);
    if (Number.isFinite(limit)) return Math.max(0, limit - used + cache);
  } catch {
    // Not in such a container.
  }
  return process.availableMemory();
}
