import type { ExtractOrder } from "./extract-request.ts";
import type { ExtractAccepted } from "./extract-response.ts";
import { isVendorFormat } from "./format.ts";
import type { Job, JobResult } from "./job.ts";
import type { ExtractJob, JobListItem, JobMetadata } from "./job-response.ts";
import { TOKENS_OF_A_PAGE } from "./limits.ts";
import { toRequestMetadata } from "./to-request-metadata.ts";

/** 202 of a job that is on disk; of one that was asked for twice the same again. */
export function toExtractAccepted(jobId: string): ExtractAccepted {
  return {
    job_id: jobId,
    status: "queued",
    status_url: toStatusUrl(jobId),
    estimated_tokens: TOKENS_OF_A_PAGE,
  };
}

/** A job as GET answers it. `result` null: the job is open. */
export function toExtractJob(job: Job, result: JobResult | null): ExtractJob {
  return {
    job_id: job.id,
    status: job.status,
    created_at: job.createdAt.toISOString(),
    completed_at: job.completedAt?.toISOString() ?? null,
    data: result?.data ?? null,
    metadata: result?.metadata ?? null,
    error: job.error,
    tokens_charged: job.tokensCharged,
  };
}

export function toJobListItem(job: Job): JobListItem {
  return {
    job_id: job.id,
    status: job.status,
    url: job.url,
    created_at: job.createdAt.toISOString(),
    execution_time: job.durationMs,
    output: job.formats.filter(isVendorFormat),
  };
}

/** Where a job is polled. */
export function toStatusUrl(jobId: string): string {
  return `/v1/extract/${jobId}`;
}

/** What is known of a page that was not read. */
export function toUnreadMetadata(order: ExtractOrder): JobMetadata {
  const happened = { render_js: false, http_status: null, duration_ms: null, retry_count: null };
  return { ...toRequestMetadata(order, happened), response: null, page: null };
}
