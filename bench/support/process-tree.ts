import { readdirSync, readFileSync } from "node:fs";

/** What a process and all its descendants have used, with their threads. Read from Linux' /proc. */
export interface ProcessTree {
  readonly processes: number;
  /** User and system time, with that of descendants that have ended and were waited for. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Shared pages counted by their share; null where the kernel does not tell. */
  readonly pssBytes: number | null;
  /** The sum of each process's own peak. */
  readonly peakRssBytes: number;
}

export function readProcessTree(root: number): ProcessTree {
  const stats = readStats();
  const members = descendantsOf(root, stats);
  const pss = members.map(({ pid }) => readKiB(`/proc/${pid}/smaps_rollup`, "Pss"));
  return {
    processes: members.length,
    cpuMs: sum(members.map(({ cpuMs }) => cpuMs)),
    rssBytes: sum(members.map(({ pid }) => readKiB(`/proc/${pid}/status`, "VmRSS") ?? 0)),
    pssBytes: pss.includes(null) ? null : sum(pss.map((bytes) => bytes ?? 0)),
    peakRssBytes: sum(members.map(({ pid }) => readKiB(`/proc/${pid}/status`, "VmHWM") ?? 0)),
  };
}

/** Cheap enough to be asked many times a second. */
export function readTreeRss(root: number): number {
  const members = descendantsOf(root, readStats());
  return sum(members.map(({ pid }) => readKiB(`/proc/${pid}/status`, "VmRSS") ?? 0));
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
}

// CLK_TCK is 100 on every Linux that Node runs on.
const MS_PER_TICK = 10;

function readStats(): Stat[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => parseStat(readIfThere(`/proc/${pid}/stat`)));
}

/** proc(5): the name in brackets may hold anything, so the fields are counted from its end; the 3rd is the state. */
function parseStat(line: string | null): Stat[] {
  if (line === null) return [];
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const number = (position: number) => Number(fields[position - 3]);
  const ticks = number(14) + number(15) + number(16) + number(17);
  return [{ pid: Number.parseInt(line, 10), parent: number(4), cpuMs: ticks * MS_PER_TICK }];
}

function descendantsOf(root: number, stats: readonly Stat[]): Stat[] {
  const members = stats.filter(({ pid }) => pid === root);
  for (const member of members) {
    members.push(...stats.filter(({ parent }) => parent === member.pid));
  }
  return members;
}

function readKiB(path: string, name: string): number | null {
  const value = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readIfThere(path) ?? "")?.[1];
  return value === undefined ? null : Number(value) * 1024;
}

/** Null where the process has ended between two looks. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
