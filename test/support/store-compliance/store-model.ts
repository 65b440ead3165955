import type { JobStatus } from "../../../src/contract/job-status.ts";
import type { Submission } from "../../../src/store/job-store.ts";

/** A job as the model knows it. */
export interface ModelJob {
  readonly id: string;
  readonly keyId: string;
  status: JobStatus;
  /** The state after each change: as many as the version says. */
  readonly events: JobStatus[];
  fence: number;
  deaths: number;
  workerId: string | null;
  tokens: number | null;
  endedMs: number | null;
  /** When its result goes; null where there is none. */
  resultUntilMs: number | null;
}

export interface ModelEnd {
  readonly status: "completed" | "failed" | "cancelled";
  readonly atMs: number;
  readonly resultUntilMs: number;
}

interface KeyTotals {
  completed: number;
  failed: number;
  tokens: number;
}

const DAY_MS = 86_400_000;

/** What a store promises, in as few words as can be: no transactions, no indexes, no threads. */
export class StoreModel {
  readonly jobs = new Map<string, ModelJob>();
  readonly totals = new Map<string, KeyTotals>();
  readonly #leases = new Map<string, number>();
  readonly #remembered = new Map<string, { jobId: string; bodyHash: string; atMs: number }>();

  submit(
    job: { id: string; keyId: string; atMs: number },
    { memory, limit }: { memory: { name: string; bodyHash: string } | null; limit: number | null },
  ): Submission {
    const earlier = memory && this.#remembered.get(memory.name);
    if (memory && earlier && earlier.atMs > job.atMs - DAY_MS) {
      const hasSameBody = earlier.bodyHash === memory.bodyHash;
      return { outcome: "repeated", jobId: earlier.jobId, hasSameBody };
    }
    if (limit !== null && this.charged(job.keyId) + this.reserved(job.keyId) >= limit) {
      return { outcome: "over_budget" };
    }
    const { id: jobId, atMs } = job;
    if (memory) this.#remembered.set(memory.name, { jobId, bodyHash: memory.bodyHash, atMs });
    this.#add(job, "queued");
    return { outcome: "accepted" };
  }

  record(job: { id: string; keyId: string }, end: ModelEnd): void {
    this.#settle(this.#add(job, end.status), end);
  }

  enlist(workerId: string, untilMs: number): void {
    this.#leases.set(workerId, untilMs);
  }

  renew(workerId: string, nowMs: number, untilMs: number): boolean {
    if (!this.#isAlive(workerId, nowMs)) return false;
    this.#leases.set(workerId, untilMs);
    return true;
  }

  leave(workerId: string): string[] {
    this.#leases.delete(workerId);
    const held = this.#inState("processing").filter((job) => job.workerId === workerId);
    for (const job of held) this.#requeue(job);
    return held.map(({ id }) => id);
  }

  claim(workerId: string, nowMs: number, ids: readonly string[]): string[] {
    if (!this.#isAlive(workerId, nowMs)) return [];
    const free = this.#inState("queued").filter(({ id }) => ids.includes(id));
    for (const job of free) {
      job.workerId = workerId;
      job.fence += 1;
      this.#move(job, "processing");
    }
    return free.map(({ id }) => id);
  }

  finish({ id, fence }: { id: string; fence: number }, end: ModelEnd): boolean {
    const job = this.jobs.get(id);
    if (job?.status !== "processing" || job.fence !== fence) return false;
    this.#end(job, end);
    return true;
  }

  cancel(id: string, end: ModelEnd): boolean {
    const job = this.jobs.get(id);
    if (job === undefined || !isOpen(job)) return false;
    this.#end(job, end);
    return true;
  }

  purge(id: string): boolean {
    const job = this.jobs.get(id);
    if (job === undefined || isOpen(job)) return false;
    job.resultUntilMs = null;
    return true;
  }

  /** A poisoned job leaves no result. */
  reclaim(nowMs: number, maxDeaths: number, end: ModelEnd): Map<string, JobStatus> {
    const orphans = this.#inState("processing").filter(
      ({ workerId }) => !this.#isAlive(workerId ?? "", nowMs),
    );
    for (const job of orphans) {
      job.deaths += 1;
      if (job.deaths < maxDeaths) this.#requeue(job);
      else this.#end(job, end);
      if (job.status === "failed") job.resultUntilMs = null;
    }
    return new Map(orphans.map(({ id, status }) => [id, status]));
  }

  sweep(nowMs: number): void {
    for (const job of this.jobs.values()) {
      if ((job.resultUntilMs ?? Number.POSITIVE_INFINITY) <= nowMs) job.resultUntilMs = null;
      if ((job.endedMs ?? nowMs) < nowMs - 30 * DAY_MS) this.jobs.delete(job.id);
    }
    for (const [name, { atMs }] of this.#remembered) {
      if (atMs < nowMs - DAY_MS) this.#remembered.delete(name);
    }
  }

  /** A new server: whoever worked before is dead. */
  crash(): void {
    this.#leases.clear();
  }

  waiting(keyId: string): string[] {
    const queued = this.#inState("queued").filter((job) => job.keyId === keyId);
    return queued.map(({ id }) => id).toSorted();
  }

  countOpen(): number {
    return [...this.jobs.values()].filter(isOpen).length;
  }

  charged(keyId: string): number {
    return this.totals.get(keyId)?.tokens ?? 0;
  }

  reserved(keyId: string): number {
    return [...this.jobs.values()].filter((job) => job.keyId === keyId && isOpen(job)).length;
  }

  #add({ id, keyId }: { id: string; keyId: string }, status: JobStatus): ModelJob {
    const job: ModelJob = {
      ...{ id, keyId, status, events: [status], fence: 0, deaths: 0, workerId: null },
      ...{ tokens: null, endedMs: null, resultUntilMs: null },
    };
    this.jobs.set(id, job);
    return job;
  }

  #inState(status: JobStatus): ModelJob[] {
    return [...this.jobs.values()].filter((job) => job.status === status);
  }

  #isAlive(workerId: string, nowMs: number): boolean {
    return (this.#leases.get(workerId) ?? nowMs) > nowMs;
  }

  #requeue(job: ModelJob): void {
    job.workerId = null;
    this.#move(job, "queued");
  }

  #move(job: ModelJob, status: JobStatus): void {
    job.status = status;
    job.events.push(status);
  }

  #end(job: ModelJob, end: ModelEnd): void {
    job.workerId = null;
    this.#move(job, end.status);
    this.#settle(job, end);
  }

  #settle(job: ModelJob, { status, atMs, resultUntilMs }: ModelEnd): void {
    job.tokens = status === "completed" ? 1 : 0;
    job.endedMs = atMs;
    job.resultUntilMs = resultUntilMs;
    if (status === "cancelled") return;
    const totals = this.totals.get(job.keyId) ?? { completed: 0, failed: 0, tokens: 0 };
    totals[status] += 1;
    totals.tokens += job.tokens;
    this.totals.set(job.keyId, totals);
  }
}

function isOpen({ status }: ModelJob): boolean {
  return status === "queued" || status === "processing";
}
