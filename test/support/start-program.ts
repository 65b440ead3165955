import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface ProgramOrder {
  /** Arguments of this Node: the file first. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited, so that a test's outcome is its own. */
  readonly env: Readonly<Record<string, string>>;
  readonly firstLineTimeoutMs: number;
}

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that runs until it is told to stop. */
export interface Program {
  readonly pid: number;
  /** What was printed first on stdout, without the line break. */
  readonly firstLine: string;
  readonly exit: Promise<ProgramExit>;
  stdout(): string;
  stderr(): string;
  /** Sends the signal to this process alone. */
  signal(name: NodeJS.Signals): void;
  /** Asks it to end, and ends it by force when `graceMs` are over. */
  stop(graceMs?: number): Promise<ProgramExit>;
}

/** Starts a program of this checkout and resolves with its first line on stdout. */
export async function startProgram(order: ProgramOrder): Promise<Program> {
  const child = spawn(process.execPath, order.args, {
    cwd: order.cwd,
    env: order.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = gather(child, "stdout");
  const stderr = gather(child, "stderr");
  const exit = exitOf(child);
  const program = {
    pid: child.pid ?? 0,
    exit,
    stdout,
    stderr,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    stop: (graceMs = 10_000) => stop(child, exit, graceMs),
  };
  try {
    const firstLine = await waitForLine(child, stdout, exit, order.firstLineTimeoutMs);
    return { ...program, firstLine };
  } catch (cause) {
    await program.stop(0);
    const facts = `stdout: ${stdout()}\nstderr: ${stderr()}`;
    throw new Error(`${order.args.join(" ")} printed no first line.\n${facts}`, { cause });
  }
}

function gather(child: ChildProcess, name: "stdout" | "stderr"): () => string {
  let text = "";
  child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

async function exitOf(child: ChildProcess): Promise<ProgramExit> {
  await once(child, "close");
  return { code: child.exitCode, signal: child.signalCode };
}

async function waitForLine(
  child: ChildProcess,
  stdout: () => string,
  exit: Promise<ProgramExit>,
  timeoutMs: number,
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  while (!stdout().includes("\n")) {
    if (child.stdout === null) throw new Error("It has no stdout");
    const printed = once(child.stdout, "data", { signal }).then(() => null);
    const ended = await Promise.race([printed, exit]);
    if (ended !== null) throw new Error(`It ended with status ${ended.code}`);
  }
  return stdout().slice(0, stdout().indexOf("\n"));
}

async function stop(
  child: ChildProcess,
  exit: Promise<ProgramExit>,
  graceMs: number,
): Promise<ProgramExit> {
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
  try {
    return await exit;
  } finally {
    clearTimeout(force);
  }
}
