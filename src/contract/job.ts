import type { JobError } from "./error-reply.ts";
import type { ExtractData } from "./extract-response.ts";
import type { Format } from "./format.ts";
import type { JobMetadata } from "./job-response.ts";
import type { FinalStatus, JobStatus } from "./job-status.ts";

/** One extraction as it is kept, without its request and its content. */
export interface Job {
  /** UUID v7. */
  readonly id: string;
  readonly account: string;
  /** The key that asked for it and is charged. */
  readonly keyId: string;
  readonly mode: "sync" | "async";
  readonly status: JobStatus;
  /** As requested, normalised. */
  readonly url: string;
  readonly formats: readonly Format[];
  readonly createdAt: Date;
  /** Null while the job is open. */
  readonly completedAt: Date | null;
  /** From the start of the work to its end; null where it has not ended, or never ran. */
  readonly durationMs: number | null;
  /** Null while the job is open. */
  readonly tokensCharged: number | null;
  readonly error: JobError | null;
  /** 1, 2, 3 …: rises with each change of state, and is the number of the event that tells of it. */
  readonly version: number;
  /** When its result is gone; null while the job is open. */
  readonly resultExpiresAt: Date | null;
}

/** What an ended job leaves beside its row, until it expires or is purged. */
export interface JobResult {
  readonly metadata: JobMetadata | null;
  /** Null of a job that did not complete, and of a synchronous one, whose caller has it. */
  readonly data: ExtractData | null;
}

/** How a job ends: written once, in one transaction with its charge and its event. */
export interface JobEnd extends JobResult {
  readonly status: FinalStatus;
  readonly completedAt: Date;
  readonly durationMs: number | null;
  /** 1 for a page, else 0. */
  readonly tokensCharged: number;
  readonly error: JobError | null;
  readonly resultExpiresAt: Date;
}

/** A change of a job's state. */
export interface JobEvent {
  readonly version: number;
  readonly status: JobStatus;
  readonly at: Date;
}
