import type { RetentionStore } from "../store/retention-store.ts";
import type { Logger } from "../telemetry/create-logger.ts";

interface SweeperDeps {
  readonly retention: RetentionStore;
  readonly now: () => Date;
  readonly logger: Logger;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of the contract: rows of ended jobs stay in lists, totals carry statistics. */
const KEEP = { jobsMs: 30 * DAY_MS, idempotencyMs: DAY_MS, totalsMs: 400 * DAY_MS } as const;
const EVERY_MS = 60_000;
/** So small that no request notices. */
const STEP = { rows: 500, pauseMs: 50 } as const;

/** Removes what is past its time, a little at once. Returns how to stop it. */
export function startSweeper({ retention, now, logger }: SweeperDeps): () => void {
  let timer = setTimeout(sweep, STEP.pauseMs);
  let isStopped = false;

  async function sweep(): Promise<void> {
    const removed = await sweepOnce();
    if (isStopped) return;
    timer = setTimeout(sweep, removed < STEP.rows ? EVERY_MS : STEP.pauseMs).unref();
  }

  async function sweepOnce(): Promise<number> {
    const at = now();
    const before = (ms: number): Date => new Date(at.getTime() - ms);
    try {
      return await retention.sweep({
        now: at,
        jobsBefore: before(KEEP.jobsMs),
        idempotencyBefore: before(KEEP.idempotencyMs),
        totalsBefore: before(KEEP.totalsMs),
        limit: STEP.rows,
      });
    } catch (error) {
      logger.error({ err: error }, "old results could not be removed");
      return 0;
    }
  }

  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
