import type { ExtractOrder } from "./extract-request.ts";
import type { ExtractAccepted } from "./extract-response.ts";
import { isExtraFormat, isVendorFormat } from "./format.ts";
import type { Job, JobResult } from "./job.ts";
import type { ExtractJob, JobListItem, JobMetadata } from "./job-response.ts";
import { maskHeaders } from "./target-headers.ts";

/** 202 of a job that is on disk; of one that was asked for twice the same again. */
export function toExtractAccepted(jobId: string): ExtractAccepted {
  return {
    job_id: jobId,
    status: "queued",
    status_url: toStatusUrl(jobId),
    estimated_tokens: TOKENS_OF_A_PAGE,
  };
}

const TOKENS_OF_A_PAGE = 1;

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
export function toUnreadMetadata({ page, asked, processingMode }: ExtractOrder): JobMetadata {
  const extraFormats = page.formats.filter(isExtraFormat);
  return {
    url: page.url,
    render_js: false,
    http_status: null,
    duration_ms: null,
    retry_count: null,
    formats: page.formats.filter(isVendorFormat),
    ...(extraFormats.length > 0 && { extra_formats: extraFormats }),
    processing_mode: processingMode,
    ...(asked.proxy !== null && { proxy: asked.proxy }),
    ...(asked.headers !== null && { headers: maskHeaders(asked.headers) }),
    ...(asked.wait_config !== null && { wait_config: asked.wait_config }),
    response: null,
    page: null,
  };
}
