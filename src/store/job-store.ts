import type { ExtractOrder } from "../contract/extract-request.ts";
import type { Format } from "../contract/format.ts";
import type { Job, JobEnd, JobEvent, JobResult } from "../contract/job.ts";
import type { JobStatus } from "../contract/job-status.ts";

/**
 * Jobs as their callers see them. What an account may not see does not exist for it. Every change resolves after
 * its commit. @throws RequestError UNAVAILABLE when the database is away.
 */
export interface JobStore {
  submit(job: NewJob): Promise<Submission>;
  /** A synchronous extraction, written once when it has ended. */
  record(job: RecordedJob): Promise<void>;
  find(who: JobOfAccount): Promise<Job | null>;
  /** Null before the end, and once it is expired or purged. */
  findResult(id: string): Promise<JobResult | null>;
  /** After that version, in order. */
  listEvents(id: string, afterVersion: number): Promise<readonly JobEvent[]>;
  /** Newest first. */
  list(query: JobQuery): Promise<JobPage>;
  /** Ends an open job; null when there is none that could be ended. */
  cancel(who: JobOfAccount, end: JobEnd): Promise<Job | null>;
  /** Removes what an ended job left; false when there is no ended job. */
  purge(who: JobOfAccount, at: Date): Promise<boolean>;
  /** Queued and processing, of all accounts. */
  countOpen(): Promise<number>;
}

export interface JobOfAccount {
  readonly id: string;
  readonly account: string;
}

export interface NewJob extends JobOfAccount {
  readonly keyId: string;
  readonly order: ExtractOrder;
  /** Whose turn it needs, as the egress gate names hosts. */
  readonly host: string;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly idempotency: Idempotency | null;
  readonly budget: BudgetGuard | null;
}

export interface Idempotency {
  readonly key: string;
  /** SHA-256 of what was asked, in hex. */
  readonly bodyHash: string;
  /** What was sent before counts no more. */
  readonly since: Date;
}

/** The job is only taken when its token still fits. */
export interface BudgetGuard {
  readonly limit: number;
  /** Midnight UTC of the month's first day. */
  readonly monthStart: Date;
  /** Reserved by what the database does not know: synchronous work under way. */
  readonly heldElsewhere: number;
}

export type Submission =
  | { readonly outcome: "accepted" }
  /** The idempotency key was used before. */
  | { readonly outcome: "repeated"; readonly jobId: string; readonly hasSameBody: boolean }
  | { readonly outcome: "over_budget" };

export interface RecordedJob extends Omit<NewJob, "idempotency" | "budget" | "host"> {
  readonly end: JobEnd;
}

export interface JobQuery {
  readonly account: string;
  readonly id: string | null;
  /** A part of the URL, as it is written. */
  readonly url: string | null;
  readonly status: JobStatus | null;
  readonly format: Format | null;
  /** Of the creation; both inclusive. */
  readonly from: Date | null;
  readonly to: Date | null;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  /** Of all pages. */
  readonly total: number;
}
