import { PageError } from "../contract/app-error.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { PageResult } from "../contract/page.ts";
import type { ReadPage } from "../page/create-read-page.ts";
import type { Logger } from "../telemetry/create-logger.ts";
import type { Metrics } from "../telemetry/create-metrics.ts";

export interface PageWork {
  readonly order: ExtractOrder;
  readonly keyId: string;
  readonly requestId: string;
  /** Null of synchronous work. */
  readonly jobId: string | null;
  /** A PageError as its reason is how the work ends; else it ends CANCELLED. */
  readonly signal: AbortSignal;
}

/** The page of an order: the one road of synchronous and asynchronous work. @throws PageError */
export type ReadOrder = (work: PageWork) => Promise<PageResult>;

interface ReadOrderDeps {
  readonly readPage: ReadPage;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** One log line and one measure for each page, however it ends. */
export function createReadOrder({ readPage, metrics, logger }: ReadOrderDeps): ReadOrder {
  return async (work) => {
    const startedAt = performance.now();
    const note = (outcome: string, bytes: number, error: unknown): void => {
      const durationMs = performance.now() - startedAt;
      metrics.pageEnded({ outcome, durationMs, bytes });
      logger.info(
        {
          requestId: work.requestId,
          ...(work.jobId !== null && { jobId: work.jobId }),
          keyId: work.keyId,
          host: URL.parse(work.order.page.url)?.host,
          code: outcome,
          durationMs: Math.round(durationMs),
          bytes,
          ...(error !== null && { err: error }),
        },
        "page",
      );
    };
    try {
      const result = await readPage(work.order.page, work.signal);
      note("completed", result.transfer.bytes, null);
      return result;
    } catch (cause) {
      const error = toPageError(cause, work.signal);
      note(error.code, 0, error);
      throw error;
    }
  };
}

/** What nobody foresaw is our fault; what was aborted without a reason of its own was cancelled. */
function toPageError(cause: unknown, { aborted }: AbortSignal): PageError {
  if (cause instanceof PageError) return cause;
  return new PageError(aborted ? "CANCELLED" : "INTERNAL_ERROR", { cause });
}
