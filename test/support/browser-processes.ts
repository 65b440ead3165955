import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A browser that a server has started, as its folder tells. */
export interface ServersBrowser {
  readonly folder: string;
  /** Leader of the browser's process group. */
  readonly pid: number;
}

/** The browsers of the server with this process number: those that have a folder, running or not. */
export function findBrowsers(server: number): ServersBrowser[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith("quern-browser-"))
    .map((name) => join(tmpdir(), name))
    .map((folder) => ({ folder, owner: readOwner(folder) }))
    .filter(({ owner }) => owner?.server.pid === server)
    .map(({ folder, owner }) => ({ folder, pid: owner?.browser?.pid ?? 0 }));
}

interface Owner {
  readonly server: { readonly pid: number };
  readonly browser: { readonly pid: number } | null;
}

function readOwner(folder: string): Owner | null {
  try {
    return JSON.parse(readFileSync(join(folder, "owner.json"), "utf8"));
  } catch {
    // It goes away just now.
    return null;
  }
}

/** The processes of a group, without those that have ended and wait for their parent. */
export function listProcesses(group: number): { pid: number; command: string }[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids
    .filter((pid) => belongsTo(pid, group))
    .map((pid) => ({ pid, command: commandOf(pid) }));
}

/** The shells that would end the browser of this folder when its server is gone. */
export function findWatchdogs(folder: string): number[] {
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter(
    (pid) => /quern-watchdog/.test(commandOf(pid)) && commandOf(pid).includes(folder),
  );
}

function belongsTo(pid: number, group: number): boolean {
  const stat = readText(`/proc/${pid}/stat`);
  const [state, , itsGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(itsGroup) === group && state !== "Z";
}

function commandOf(pid: number): string {
  return readText(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
