import type { WaitingJob } from "../store/work-store.ts";

/** Jobs that wait, of one key. */
export interface WaitingOfKey {
  readonly keyId: string;
  /** Oldest first. */
  readonly jobs: readonly WaitingJob[];
}

export interface Pick {
  readonly keyId: string;
  readonly id: string;
  readonly host: string;
}

interface Room {
  /** Places for all together. */
  readonly places: number;
  readonly roomOfKey: (keyId: string) => number;
  readonly roomOfHost: (host: string) => number;
}

/**
 * Round robin: one job of each key, then a second of each, and so on while there is room. Of a key the oldest job
 * whose host has room.
 */
export function pickFairly(waiting: readonly WaitingOfKey[], room: Room): Pick[] {
  const picks: Pick[] = [];
  const perHost = new Map<string, number>();
  let lines = waiting.map(({ keyId, jobs }) => ({ keyId, jobs, next: 0, taken: 0 }));
  const takeFrom = (line: (typeof lines)[number]): boolean => {
    if (line.taken >= room.roomOfKey(line.keyId)) return false;
    for (; line.next < line.jobs.length; line.next += 1) {
      const job = line.jobs[line.next];
      if (job === undefined) return false;
      const taken = perHost.get(job.host) ?? 0;
      if (taken >= room.roomOfHost(job.host)) continue;
      perHost.set(job.host, taken + 1);
      picks.push({ keyId: line.keyId, ...job });
      line.taken += 1;
      line.next += 1;
      return true;
    }
    return false;
  };
  while (lines.length > 0 && picks.length < room.places) {
    lines = lines.filter((line) => picks.length < room.places && takeFrom(line));
  }
  return picks;
}
