import type { JobError } from "../contract/error-reply.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { Job, JobEnd } from "../contract/job.ts";

/**
 * The queue as workers see it. A worker holds jobs as long as its lease runs; each claim of a job has a number (the
 * fence), and only the newest may end it: whoever lost a job in the meantime changes nothing.
 * Time is the store's own, so that clocks which differ or jump take no job from anybody.
 */
export interface WorkStore {
  /** Begins a lease. */
  enlist(workerId: string, leaseMs: number): Promise<void>;
  /** False when the lease is over: the worker's jobs are no longer its own, and it has to enlist under a new id. */
  renew(workerId: string, leaseMs: number): Promise<boolean>;
  /** Ends the lease. What it still holds goes back to the queue, and is no death. */
  leave(workerId: string): Promise<readonly Job[]>;

  /** Keys that have queued jobs, by id, the next ones after `after`; `after` null: from the first. */
  listWaitingKeys(page: { after: string | null; limit: number }): Promise<readonly string[]>;
  /** Queued jobs of a key, oldest first, without those of hosts that can't take one now. */
  listWaiting(query: WaitingQuery): Promise<readonly WaitingJob[]>;
  /** Takes those of the jobs that are still queued. */
  claim(workerId: string, ids: readonly string[]): Promise<readonly ClaimedJob[]>;

  /** False when the job is no longer this claim's: then nothing has happened. */
  finish(claim: Pick<ClaimedJob, "id" | "fence">, end: JobEnd): Promise<boolean>;
  /**
   * Takes their jobs from workers whose lease is over: back to the queue, or to its end as poison at the `maxDeaths`th
   * time, at most `limit` of each.
   */
  reclaim(order: ReclaimOrder): Promise<readonly Job[]>;
}

export interface WaitingQuery {
  readonly keyId: string;
  readonly fullHosts: readonly string[];
  readonly limit: number;
}

export interface WaitingJob {
  readonly id: string;
  readonly host: string;
}

export interface ClaimedJob {
  readonly id: string;
  readonly account: string;
  readonly keyId: string;
  readonly host: string;
  readonly order: ExtractOrder;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly fence: number;
  /** Of the state that the claim made. */
  readonly version: number;
}

export interface ReclaimOrder {
  readonly maxDeaths: number;
  readonly limit: number;
  /** What a job that is given up ends with. */
  readonly poison: { readonly error: JobError; readonly at: Date; readonly resultExpiresAt: Date };
}
