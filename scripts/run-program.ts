import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";

export const ROOT = join(import.meta.dirname, "..");

export interface ProgramRun {
  readonly ok: boolean;
  /** Both streams, stdout first. */
  readonly output: string;
  readonly ms: number;
}

/** Runs a program of this checkout (node_modules/.bin first) to its end. */
export async function runProgram(command: string, args: readonly string[]): Promise<ProgramRun> {
  const begin = performance.now();
  const path = [join(ROOT, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [code, ...outputs] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { ok: code === 0, output: outputs.join("").trim(), ms: performance.now() - begin };
}
