import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** From now on a running process may make no file larger; null: as large as it likes. A full disk, for it alone. */
export async function limitFileSize(pid: number, bytes: number | null): Promise<void> {
  // The colon leaves the hard limit, so that the soft one can be lifted again.
  const limit = `--fsize=${bytes ?? "unlimited"}:`;
  await promisify(execFile)("prlimit", ["--pid", String(pid), limit]);
}
