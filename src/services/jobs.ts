import type { ApiKey } from "../contract/api-key.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { Job, JobResult } from "../contract/job.ts";
import type { JobListQuery } from "../contract/job-queries.ts";
import type { FinalStatus } from "../contract/job-status.ts";

/** Work that is done later, and told of as often as somebody asks. A job of another account is NOT_FOUND. */
export interface JobService {
  /**
   * Resolves when the job is on disk.
   * @throws RequestError QUEUE_FULL, PAYMENT_REQUIRED, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE
   */
  submit(call: SubmitCall): Promise<{ readonly jobId: string }>;
  /** @throws RequestError NOT_FOUND, with `details.expired_at` where its result is past retention */
  get(call: JobCall): Promise<JobView>;
  /** The same as soon as the job is final, or after `waitMs`, or when `signal` is aborted. */
  wait(call: JobCall & { readonly waitMs: number; readonly signal: AbortSignal }): Promise<JobView>;
  list(call: { readonly key: ApiKey; readonly query: JobListQuery }): Promise<JobList>;
  /** Final at once; what runs is aborted. @throws RequestError NOT_FOUND, NOT_CANCELLABLE */
  cancel(call: JobCall): Promise<FinalStatus>;
  /** Removes what an ended job left; its final status. @throws RequestError NOT_FOUND, NOT_CANCELLABLE while it is open */
  purge(call: JobCall): Promise<FinalStatus>;
  /**
   * The present state, then each change up to the final one; only what comes after `afterVersion`, where that is given.
   * Ends with the final state or with `signal`. @throws RequestError NOT_FOUND before the first
   */
  watch(
    call: JobCall & { readonly afterVersion: number | null; readonly signal: AbortSignal },
  ): AsyncIterable<JobView>;
}

export interface JobCall {
  readonly key: ApiKey;
  readonly jobId: string;
}

export interface SubmitCall {
  readonly key: ApiKey;
  readonly order: ExtractOrder;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
}

/** `job.version` is the id of its event, and with `job.id` says which state this is. */
export interface JobView {
  readonly job: Job;
  /** Null while the job is open. */
  readonly result: JobResult | null;
}

export interface JobList {
  readonly jobs: readonly Job[];
  readonly total: number;
}
