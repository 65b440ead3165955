import { RequestError } from "../contract/app-error.ts";
import { isFinalStatus } from "../contract/job-status.ts";
import type { JobStore } from "../store/job-store.ts";
import type { JobFeed } from "./job-feed.ts";

/** `QUERN_QUEUE_LIMIT`: open jobs of everybody together. */
export interface QueueLimit {
  /** Room for jobs that are about to be submitted. @throws RequestError QUEUE_FULL */
  reserve(jobs: number): Promise<void>;
  /** Of jobs that were not submitted after all. */
  giveBack(jobs: number): void;
}

interface QueueLimitDeps {
  readonly limit: number;
  readonly jobs: Pick<JobStore, "countOpen">;
  readonly feed: Pick<JobFeed, "listen">;
  /** Milliseconds that never go back. */
  readonly steadyNow: () => number;
}

/** Counts what this process submits and ends, and now and then asks the store, for what it was not told of. */
export function createQueueLimit({ limit, jobs, feed, steadyNow }: QueueLimitDeps): QueueLimit {
  let open = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  let counting: Promise<void> | null = null;

  const count = async (): Promise<void> => {
    const before = open;
    const counted = await jobs.countOpen();
    // What came and went while the store counted.
    open = counted + (open - before);
    countedAt = steadyNow();
  };
  const countAnew = (): Promise<void> => {
    counting ??= count().finally(() => {
      counting = null;
    });
    return counting;
  };

  feed.listen(({ status }) => {
    if (isFinalStatus(status)) open -= 1;
  });
  return {
    async reserve(wanted) {
      if (steadyNow() - countedAt >= COUNTED_FOR_MS) await countAnew();
      if (open + wanted > limit) throw queueFull(limit);
      open += wanted;
    },
    giveBack(wanted) {
      open -= wanted;
    },
  };
}

const COUNTED_FOR_MS = 30_000;

function queueFull(limit: number): RequestError {
  return new RequestError("QUEUE_FULL", {
    message: `There are ${limit} open jobs, as many as may wait (QUERN_QUEUE_LIMIT). Try again when some have ended.`,
    retryAfterSeconds: 5,
  });
}
