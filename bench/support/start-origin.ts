import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listeningUrl } from "../../test/support/listening-url.ts";
import { startProgram } from "../../test/support/start-program.ts";

export interface Origin {
  readonly port: string;
  /** The address of every page, in the set's order. */
  readonly urls: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Serves saved pages from a process of its own, so that its work is nobody's CPU time. */
export async function startOrigin(paths: readonly string[]): Promise<Origin> {
  const folder = await mkdtemp(join(tmpdir(), "quern-bench-origin-"));
  const list = join(folder, "pages.json");
  await writeFile(list, JSON.stringify(paths));
  const program = await startProgram({
    args: [join(import.meta.dirname, "origin-server.ts"), list],
    cwd: folder,
    env: {},
    firstLineTimeoutMs: 60_000,
  });
  const url = listeningUrl(program.firstLine);
  return {
    port: new URL(url).port,
    urls: paths.map((_, index) => `${url}/${index}`),
    [Symbol.asyncDispose]: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
