import { closeSync, existsSync, openSync } from "node:fs";

/**
 * So that a file of SQLite is its owner's alone; the log beside it gets the same mode. One that is there is not
 * touched: closing it would drop every lock that this process holds on it (POSIX locks belong to the process).
 */
export function createPrivateFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
}
