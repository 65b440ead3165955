import { randomUUIDv7 } from "node:crypto";
import type { ApiKey } from "../contract/api-key.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { PageResult } from "../contract/page.ts";
import type { JobStore } from "../store/job-store.ts";
import type { Admission } from "./admission.ts";
import type { ReadOrder } from "./read-order.ts";
import type { RefuseRendering } from "./refuse-rendering.ts";
import { type EndTimes, type PageOutcome, toJobEnd } from "./to-job-end.ts";
import type { TokenBudget } from "./token-budget.ts";

export interface ExtractCall {
  readonly order: ExtractOrder;
  readonly key: ApiKey;
  readonly requestId: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** One page now, while the caller waits. @throws RequestError, PageError, and whatever `signal` is aborted with. */
export type ExtractPage = (call: ExtractCall) => Promise<PageResult>;

interface ExtractDeps extends EndTimes {
  readonly refuseRendering: RefuseRendering;
  readonly readOrder: ReadOrder;
  readonly admission: Admission;
  readonly budget: TokenBudget;
  readonly jobs: Pick<JobStore, "record">;
}

export function createExtractService(deps: ExtractDeps): ExtractPage {
  const { admission, budget } = deps;
  return async (call) => {
    await deps.refuseRendering(call.order);
    const token = await budget.hold(call.key);
    try {
      const place = await admission.enter({
        key: call.key,
        maxWaitMs: Math.min(call.order.page.timeoutMs, MAX_WAIT_FOR_PLACE_MS),
        signal: call.signal,
      });
      try {
        return await readAndRecord(deps, call);
      } finally {
        place.release();
      }
    } finally {
      token.release();
    }
  };
}

const MAX_WAIT_FOR_PLACE_MS = 10_000;

/** The row is written when the work has ended, with its charge: a crash before that leaves neither. */
async function readAndRecord(deps: ExtractDeps, call: ExtractCall): Promise<PageResult> {
  const { key, requestId, order } = call;
  const job = { id: randomUUIDv7(), account: key.account, keyId: key.id, requestId, order };
  const createdAt = deps.now();
  const startedAt = performance.now();
  const outcome = await settle(
    deps.readOrder({ order, keyId: key.id, requestId, jobId: null, signal: call.signal }),
  );
  const durationMs = performance.now() - startedAt;
  const end = toJobEnd({ order, outcome, durationMs, createdAt }, deps);
  await deps.jobs.record({ ...job, createdAt, end });
  if (outcome.ok) return outcome.result;
  throw outcome.error;
}

async function settle(reading: Promise<PageResult>): Promise<PageOutcome> {
  try {
    return { ok: true, result: await reading };
  } catch (error) {
    return { ok: false, error };
  }
}
