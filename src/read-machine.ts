import { availableParallelism, totalmem } from "node:os";
import type { Machine } from "./config.ts";

/** What the process may use: a container's limit where there is one, for its host may be far larger. */
export function readMachine(): Machine {
  const limit = process.constrainedMemory();
  const total = totalmem();
  // Without a limit it is 0, or an absurdly large number.
  return {
    cores: availableParallelism(),
    memoryBytes: limit > 0 && limit < total ? limit : total,
  };
}
