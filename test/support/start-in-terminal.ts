import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { searchPath } from "./search-path.ts";
import { CHECKOUT } from "./start-quern.ts";

export interface TerminalRun {
  /** Everything that was drawn so far, control characters included. */
  screen(): string;
  type(text: string): void;
  hasEnded(): boolean;
  kill(): void;
}

interface TerminalOrder {
  /** Arguments of this Node: the file first. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A program on a terminal of its own; null where this machine can't make one. */
export async function startInTerminal({
  args,
  env,
  cwd = CHECKOUT,
}: TerminalOrder): Promise<TerminalRun | null> {
  if (!(await hasScript())) return null;
  const command = [process.execPath, ...args].map((part) => `'${part}'`).join(" ");
  const child = spawn("script", ["-qec", `exec ${command}`, "/dev/null"], {
    cwd,
    env: { PATH: searchPath(), TERM: "dumb", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let screen = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
  });
  return {
    screen: () => screen,
    type: (text) => void child.stdin.write(text),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => void child.kill("SIGKILL"),
  };
}

async function hasScript(): Promise<boolean> {
  try {
    await promisify(execFile)("script", ["--version"], { env: { PATH: searchPath() } });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
