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
  readonly createdAt: Date;
}

/** When something ends, and how long what it leaves is kept. */
export interface EndTimes {
  readonly now: () => Date;
  readonly retentionMs: number;
}

/** What is written of a job: of a synchronous one not the content, which its caller has. */
export function toJobEnd(
  { order, outcome, ...work }: Ending,
  { now, retentionMs }: EndTimes,
): JobEnd {
  // A clock that was set back makes no job end before it began.
  const completedAt = new Date(Math.max(now().getTime(), work.createdAt.getTime()));
  const times = { completedAt, resultExpiresAt: expiryOf(completedAt, retentionMs) };
  const durationMs = Math.round(work.durationMs);
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

export function expiryOf(endedAt: Date, retentionMs: number): Date {
  return new Date(endedAt.getTime() + retentionMs);
}

/** The store adds the id of the request that asked for the job. */
export function toJobError({ code, message, retryable, details }: PageError): JobError {
  return { code, message, retryable, details: details && { ...details }, correlation_id: null };
}

function toPageError(error: unknown): PageError {
  return error instanceof PageError ? error : new PageError("INTERNAL_ERROR", { cause: error });
}
