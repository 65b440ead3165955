import type { ApiKey } from "../contract/api-key.ts";
import { PageError, RequestError } from "../contract/app-error.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { PageResult } from "../contract/page.ts";
import type { ReadPage } from "../page/create-read-page.ts";
import type { Logger } from "../telemetry/create-logger.ts";
import type { Metrics } from "../telemetry/create-metrics.ts";
import type { Admission } from "./admission.ts";

export interface ExtractCall {
  readonly order: ExtractOrder;
  readonly key: ApiKey;
  readonly requestId: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** @throws RequestError, PageError, and whatever `signal` is aborted with. */
export type ExtractPage = (call: ExtractCall) => Promise<PageResult>;

interface ExtractDeps {
  readonly readPage: ReadPage;
  readonly admission: Admission;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** One page now, while the caller waits. */
export function createExtractService({
  readPage,
  admission,
  ...observers
}: ExtractDeps): ExtractPage {
  return async (call) => {
    refuseWhatIsNotThere(call.order);
    const { page } = call.order;
    const place = await admission.enter({
      key: call.key,
      maxWaitMs: Math.min(page.timeoutMs, MAX_WAIT_FOR_PLACE_MS),
      signal: call.signal,
    });
    try {
      return await observe(call, observers, () => readPage(page, call.signal));
    } finally {
      place.release();
    }
  };
}

const MAX_WAIT_FOR_PLACE_MS = 10_000;

function refuseWhatIsNotThere({ processingMode, page }: ExtractOrder): void {
  if (processingMode === "async") {
    throw new RequestError("UNAVAILABLE", {
      message: 'This version has no jobs yet: set processing_mode to "sync".',
    });
  }
  if (page.render !== "never") {
    throw new RequestError("UNAVAILABLE", {
      message:
        "This version cannot render pages yet: set render_js to false and leave wait_config out.",
    });
  }
}

type Observers = Pick<ExtractDeps, "metrics" | "logger">;

/** One log line and one measure for each page, however it ends. */
async function observe(
  { order, key, requestId }: ExtractCall,
  { metrics, logger }: Observers,
  read: () => Promise<PageResult>,
): Promise<PageResult> {
  const startedAt = performance.now();
  const note = (outcome: string, bytes: number, error: unknown): void => {
    const durationMs = performance.now() - startedAt;
    metrics.pageEnded({ outcome, durationMs, bytes });
    const facts = {
      requestId,
      keyId: key.id,
      host: URL.parse(order.page.url)?.host,
      code: outcome,
    };
    logger.info(
      {
        ...facts,
        durationMs: Math.round(durationMs),
        bytes,
        ...(error !== null && { err: error }),
      },
      "page",
    );
  };
  try {
    const result = await read();
    note("completed", result.transfer.bytes, null);
    return result;
  } catch (error) {
    note(outcomeOf(error), 0, error);
    throw error;
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof PageError) return error.code;
  return error instanceof DOMException && error.name === "AbortError"
    ? "CANCELLED"
    : "INTERNAL_ERROR";
}
