import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { MAIN } from "../start-quern.ts";
import { readTail } from "./read-tail.ts";

export interface LifeOrder {
  /** The whole environment of the server, its port with it. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly url: string;
  /** Where what it prints is added. */
  readonly logFile: string;
}

/** A server from its start to its end, in a process group of its own. */
export interface Life {
  readonly pid: number;
  /** From the start of the process to its first answer; null: it ended before. */
  readonly firstAnswerMs: Promise<number | null>;
  isRunning(): boolean;
  /** Resolves with what ended it, and with the last that it said where it was not killed. */
  readonly end: Promise<string>;
  /** SIGKILL to all processes of the group, and then it is gone. */
  kill(): Promise<void>;
}

/** Starts a server and waits for nothing, so that it can be killed before it has said a word. */
export function startLife({ env, cwd, url, logFile }: LifeOrder): Life {
  const begin = performance.now();
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, [MAIN, "serve"], {
    env,
    cwd,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const pid = child.pid ?? Number.NaN;
  const end = once(child, "exit").then(
    () => child.signalCode ?? `status ${child.exitCode}, ${readTail(logFile)}`,
  );
  // Nobody waits for a process group of its own: without this it would outlive a driver that ends early.
  const killAtExit = () => void killGroup(pid);
  process.once("exit", killAtExit);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    isRunning,
    firstAnswerMs: timeFirstAnswer(url, begin, isRunning),
    end,
    kill: async () => {
      if (isRunning()) killGroup(pid);
      await end;
      process.off("exit", killAtExit);
    },
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
    return;
  }
}

async function timeFirstAnswer(
  url: string,
  begin: number,
  isRunning: () => boolean,
): Promise<number | null> {
  while (isRunning()) {
    if (await isHealthy(url)) return performance.now() - begin;
    await sleep(LOOK_EVERY_MS);
  }
  return null;
}

const LOOK_EVERY_MS = 10;

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}
