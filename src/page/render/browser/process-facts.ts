import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What tells a process from a later one with its number. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks since the machine's start (proc(5), field 22); empty where the system does not tell. */
  readonly startedAt: string;
}

interface ProcessFacts extends ProcessMark {
  readonly group: number;
  readonly isZombie: boolean;
}

export function markProcess(pid: number): ProcessMark {
  return { pid, startedAt: readProcess(pid)?.startedAt ?? "" };
}

/** Whether it still runs, and is not another one that got its number. */
export function isRunning({ pid, startedAt }: ProcessMark): boolean {
  if (startedAt === "") return canBeSignalled(pid);
  const now = readProcess(pid);
  return now !== null && now.startedAt === startedAt && !now.isZombie;
}

/** The processes of a group whose leader was `leader`: none once its number belongs to somebody else. */
export function listGroup(leader: ProcessMark): readonly number[] {
  if (leader.startedAt === "") return isRunning(leader) ? [leader.pid] : [];
  const heir = readProcess(leader.pid);
  if (heir !== null && heir.startedAt !== leader.startedAt) return [];
  return readNumbers("/proc")
    .map((pid) => readProcess(pid))
    .filter((process) => process !== null)
    .filter(({ group, isZombie }) => group === leader.pid && !isZombie)
    .map(({ pid }) => pid);
}

/** Resident memory in bytes, 0 where it is gone. */
export function residentBytes(pid: number): number {
  const pages = Number(readText(`/proc/${pid}/statm`)?.split(" ")[1] ?? 0);
  return pages * PAGE_BYTES;
}

/** Of the machines that Chromium's packages are for. */
const PAGE_BYTES = 4096;

/** Numbers of processes mean nothing in another one; empty where the system has none. */
export function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    // Not Linux.
    return "";
  }
}

function readProcess(pid: number): ProcessFacts | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, , group = ""] = fields;
  return { pid, group: Number(group), isZombie: state === "Z", startedAt: fields[19] ?? "" };
}

function readNumbers(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    // Not Linux.
    return [];
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile, or this is not Linux.
    return null;
  }
}

function canBeSignalled(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process, or somebody else's.
    return false;
  }
}
