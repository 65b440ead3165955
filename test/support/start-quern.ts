import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listeningUrl } from "./listening-url.ts";
import { type Program, type ProgramExit, startProgram } from "./start-program.ts";

export interface QuernOrder {
  /** Settings besides those that every test server has. */
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** An existing data folder; default: a new one that goes with the server. */
  readonly dataDir?: string;
  /** Null: none is set, so that the server makes its first key. */
  readonly key?: string | null;
}

/** A real server in a process of its own. */
export interface Quern extends Program {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  /** SIGKILL: what a crash looks like. */
  kill(): Promise<ProgramExit>;
}

export const TEST_KEY = "test-key-0123456789abcdef";
export const CHECKOUT = join(import.meta.dirname, "../..");
export const MAIN = join(CHECKOUT, "src/main.ts");

/** Starts `quern serve` on a free port and resolves when it has said where it listens. */
export async function startQuern(order: QuernOrder = {}): Promise<Quern> {
  const dataDir = order.dataDir ?? (await mkdtemp(join(tmpdir(), "quern-test-")));
  const key = order.key === undefined ? TEST_KEY : order.key;
  const removeData = async () => {
    if (order.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const program = await startProgram({
      args: [MAIN, "serve", ...(order.args ?? [])],
      cwd: dataDir,
      env: {
        QUERN_PORT: "0",
        QUERN_DATA_DIR: dataDir,
        ...(key === null ? {} : { QUERN_API_KEY: key }),
        ...order.env,
      },
      firstLineTimeoutMs: 30_000,
    });
    return toQuern(program, { key: key ?? "", dataDir, removeData });
  } catch (error) {
    await removeData();
    throw error;
  }
}

function toQuern(
  program: Program,
  { key, dataDir, removeData }: { key: string; dataDir: string; removeData: () => Promise<void> },
): Quern {
  const end = async (exit: Promise<ProgramExit>) => {
    const outcome = await exit;
    await removeData();
    return outcome;
  };
  return {
    ...program,
    url: listeningUrl(program.firstLine),
    key,
    dataDir,
    stop: (graceMs) => end(program.stop(graceMs)),
    kill: () => {
      program.signal("SIGKILL");
      return end(program.exit);
    },
  };
}
