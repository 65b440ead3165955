import { PageError } from "../contract/app-error.ts";
import type { JobError } from "../contract/error-reply.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { JobEnd } from "../contract/job.ts";
import type { PageResult } from "../contract/page.ts";
import { toUnreadMetadata } from "../contract/to-extract-job.ts";
import { toExtractResponse } from "../contract/to-extract-response.ts";

/** How the work on a page came out. */
export type PageOutcome =
  | { readonly ok: true; readonly result: PageResult }
  | { readonly ok: false; readonly error: unknown };

interface Ending {
  readonly order: ExtractOrder;
  readonly outcome: PageOutcome;
  readonly durationMs: number;
  readonly completedAt: Date;
  readonly resultExpiresAt: Date;
}

/** What is written of a job: of a synchronous one not the content, which its caller has. */
export function toJobEnd({ order, outcome, ...times }: Ending): JobEnd {
  const durationMs = Math.round(times.durationMs);
  if (!outcome.ok) {
    const error = toPageError(outcome.error);
    return {
      ...times,
      durationMs,
      status: error.code === "CANCELLED" ? "cancelled" : "failed",
      tokensCharged: 0,
      error: toJobError(error),
      metadata: { ...toUnreadMetadata(order), duration_ms: durationMs },
      data: null,
    };
  }
  const { data, metadata, tokens_charged } = toExtractResponse(order, outcome.result);
  return {
    ...times,
    durationMs,
    status: "completed",
    tokensCharged: tokens_charged,
    error: null,
    metadata,
    data: order.processingMode === "sync" ? null : data,
  };
}

/** The store adds the id of the request that asked for the job. */
export function toJobError({ code, message, retryable, details }: PageError): JobError {
  return { code, message, retryable, details: details && { ...details }, correlation_id: null };
}

function toPageError(error: unknown): PageError {
  return error instanceof PageError ? error : new PageError("INTERNAL_ERROR", { cause: error });
}
