import { startDeadline } from "../concurrency/deadline.ts";
import { sleep } from "../concurrency/sleep.ts";
import { PageError } from "../contract/app-error.ts";
import type { JobEnd } from "../contract/job.ts";
import type { ReadOrder } from "../services/read-order.ts";
import { type EndTimes, type PageOutcome, toJobEnd } from "../services/to-job-end.ts";
import type { ClaimedJob, WorkStore } from "../store/work-store.ts";
import type { Logger } from "../telemetry/create-logger.ts";

export interface RunJobDeps extends EndTimes {
  readonly readOrder: ReadOrder;
  readonly work: Pick<WorkStore, "finish">;
  readonly logger: Logger;
}

/**
 * A claimed job to its end. Null: it did not end here, since `signal` was aborted (it is cancelled, or goes back) or
 * somebody else has it by now.
 */
export async function runJob(
  deps: RunJobDeps,
  job: ClaimedJob,
  signal: AbortSignal,
): Promise<JobEnd | null> {
  const startedAt = performance.now();
  const outcome = await workOn(deps, job, signal);
  if (signal.aborted) return null;
  const { order, createdAt } = job;
  const durationMs = performance.now() - startedAt;
  const end = toJobEnd({ order, outcome, durationMs, createdAt }, deps);
  return (await finishSurely(deps, job, { end, signal })) ? end : null;
}

/**
 * Beyond its own timeout, for the wait for its host's turn: claims pass over hosts that are busy, so it is short as a
 * rule. Whatever holds a job for longer is a fault, and the place is needed.
 */
const GRACE_MS = 120_000;

async function workOn(
  { readOrder }: RunJobDeps,
  { id, keyId, order, requestId }: ClaimedJob,
  signal: AbortSignal,
): Promise<PageOutcome> {
  const deadline = startDeadline({ timeoutMs: order.page.timeoutMs + GRACE_MS, signal });
  try {
    const work = { order, keyId, requestId, jobId: id, signal: deadline.signal };
    const result = await Promise.race([readOrder(work), rejectWhenAborted(deadline.signal)]);
    return { ok: true, result };
  } catch (error) {
    if (!deadline.isOver) return { ok: false, error };
    return {
      ok: false,
      error: new PageError("TIMEOUT", { details: { reason: "total" }, cause: error }),
    };
  } finally {
    deadline.stop();
  }
}

/** Work that does not hear its signal holds no place. */
function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

const FINISH_AGAIN_MS = 500;

/** A database that is away (a full disk, a lock) costs no result: it is written as soon as that works. */
async function finishSurely(
  { work, logger }: RunJobDeps,
  job: ClaimedJob,
  { end, signal }: { end: JobEnd; signal: AbortSignal },
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      return await work.finish(job, end);
    } catch (error) {
      logger.error({ jobId: job.id, err: error }, "a result could not be written yet");
      await sleep(FINISH_AGAIN_MS, signal).catch(() => null);
    }
  }
  return false;
}
