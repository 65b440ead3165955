import { PageError } from "../contract/app-error.ts";
import type { Job } from "../contract/job.ts";
import type { JobFeed } from "../services/job-feed.ts";
import { type EndTimes, expiryOf, toJobError } from "../services/to-job-end.ts";
import type { WorkStore } from "../store/work-store.ts";
import type { Logger } from "../telemetry/create-logger.ts";

interface ReclaimDeps extends EndTimes {
  readonly work: Pick<WorkStore, "reclaim">;
  readonly feed: Pick<JobFeed, "publish">;
  /** `QUERN_MAX_ATTEMPTS`. */
  readonly maxAttempts: number;
  readonly logger: Logger;
}

const AT_ONCE = 500;

/** Takes the jobs of workers that are gone: back to the queue, or to their end as poison. */
export async function reclaimJobs(deps: ReclaimDeps): Promise<void> {
  const { work, feed, logger, maxAttempts } = deps;
  let jobs: readonly Job[];
  do {
    jobs = await work.reclaim({ maxDeaths: maxAttempts, limit: AT_ONCE, poison: poison(deps) });
    for (const job of jobs) feed.publish(job);
    if (jobs.length > 0) logger.warn({ jobs: jobs.length }, "took jobs back from a dead worker");
  } while (jobs.length >= AT_ONCE);
}

function poison({ now, maxAttempts, retentionMs }: ReclaimDeps) {
  const at = now();
  const error = new PageError("WORK_CONCURRENCY_LEASE_EXPIRED", {
    message: `The job was given up: its worker died ${maxAttempts} times while it ran (QUERN_MAX_ATTEMPTS).`,
  });
  return { error: toJobError(error), at, resultExpiresAt: expiryOf(at, retentionMs) };
}
