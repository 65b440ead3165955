import type { z } from "zod";
import type { createExtractRequestSchema } from "../contract/extract-request.ts";
import { type ExtractAccepted, extractAcceptedSchema } from "../contract/extract-response.ts";
import type { JobListQuery } from "../contract/job-queries.ts";
import {
  type ExtractJob,
  type ExtractJobList,
  extractJobListSchema,
  extractJobSchema,
  type JobCancelled,
} from "../contract/job-response.ts";
import { cancelJob, purgeJob } from "./cancel-job.ts";
import { type ClientOptions, toConnection } from "./connection.ts";
import { toJobPath } from "./job-path.ts";
import { readAs } from "./read-reply.ts";
import { request } from "./request.ts";
import { type JobState, watchJob } from "./watch-job.ts";

/**
 * Speaks to a Quern server. Every call throws QuernError, or the reason of its signal; a call that was lost is made
 * again, which has no second effect.
 */
export interface QuernClient {
  /** Resolves when the job is on the server's disk. */
  submit(page: PageOrder, options?: SubmitOptions): Promise<ExtractAccepted>;
  /** With `waitSeconds` as soon as the job is final, or after that time. */
  get(
    jobId: string,
    options?: CallOptions & { readonly waitSeconds?: number },
  ): Promise<ExtractJob>;
  list(filter?: JobFilter, options?: CallOptions): Promise<ExtractJobList>;
  /** `purge`: removes what a job that has ended left behind. */
  cancel(
    jobId: string,
    options?: CallOptions & { readonly purge?: boolean },
  ): Promise<JobCancelled>;
  /** The present state, then each change up to the final one. */
  watch(
    jobId: string,
    options?: CallOptions & { readonly lastEventId?: string },
  ): AsyncIterable<JobState>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** The body of POST /v1/extract. */
export type PageOrder = Omit<
  z.input<ReturnType<typeof createExtractRequestSchema>>,
  "processing_mode"
>;

interface SubmitOptions extends CallOptions {
  /** The same key and page within 24 hours are the same job; default: one for each call. */
  readonly idempotencyKey?: string;
}

/** Filters of jobs; they combine with AND. */
export type JobFilter = Partial<JobListQuery>;

/** @throws TypeError for a server or a key that can't be one */
export function createClient(options: ClientOptions): QuernClient {
  const connection = toConnection(options);
  return {
    submit: (page, { signal, idempotencyKey = randomKey() } = {}) =>
      request(connection, {
        method: "POST",
        path: "v1/extract",
        headers: { "idempotency-key": idempotencyKey },
        body: { ...page, processing_mode: "async" },
        signal,
        read: readAs(extractAcceptedSchema),
      }),
    get: (jobId, { signal, waitSeconds = 0 } = {}) =>
      request(connection, {
        method: "GET",
        path: toJobPath(jobId),
        query: waitSeconds > 0 ? { wait: String(waitSeconds) } : {},
        extraMs: waitSeconds * 1000,
        signal,
        read: readAs(extractJobSchema),
      }),
    list: (filter = {}, { signal } = {}) =>
      request(connection, {
        method: "GET",
        path: "v1/extract/jobs",
        query: toQuery(filter),
        signal,
        read: readAs(extractJobListSchema),
      }),
    cancel: (jobId, { signal, purge = false } = {}) =>
      (purge ? purgeJob : cancelJob)(connection, { jobId, signal }),
    watch: (jobId, { signal, lastEventId = null } = {}) =>
      watchJob(connection, { jobId, lastEventId, signal }),
  };
}

/** The platform's randomUUID is not there on pages that came over plain http. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toQuery(filter: JobFilter): Record<string, string> {
  const wire = {
    job_id: filter.jobId,
    url: filter.url,
    status: filter.status,
    output: filter.output,
    start_date: filter.from?.toISOString(),
    end_date: filter.to?.toISOString(),
    page: filter.page?.toString(),
    page_size: filter.pageSize?.toString(),
  };
  const given = Object.entries(wire).flatMap(([name, value]) =>
    value == null ? [] : [[name, value] as const],
  );
  return Object.fromEntries(given);
}
