import { createHash, randomUUIDv7 } from "node:crypto";
import { PageError, RequestError } from "../contract/app-error.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import type { Job, JobEnd, JobEvent } from "../contract/job.ts";
import { jobNotFound } from "../contract/job-not-found.ts";
import { type FinalStatus, isFinalStatus } from "../contract/job-status.ts";
import { hostKey } from "../egress/policy/host-key.ts";
import type { Idempotency, JobStore, NewJob, Submission } from "../store/job-store.ts";
import type { JobFeed } from "./job-feed.ts";
import type { JobCall, JobService, JobView, SubmitCall } from "./jobs.ts";
import type { QueueLimit } from "./queue-limit.ts";
import type { RefuseRendering } from "./refuse-rendering.ts";
import { type EndTimes, expiryOf, toJobError } from "./to-job-end.ts";
import type { TokenBudget } from "./token-budget.ts";

interface JobServiceDeps extends EndTimes {
  readonly refuseRendering: RefuseRendering;
  readonly jobs: JobStore;
  readonly feed: JobFeed;
  readonly budget: TokenBudget;
  readonly queueLimit: QueueLimit;
}

export function createJobService(deps: JobServiceDeps): JobService {
  const { jobs } = deps;
  return {
    submit: (call) => submit(deps, call),
    get: (call) => view(deps, call),
    wait: (call) => wait(deps, call),
    list: ({ key, query: { jobId, output, ...query } }) =>
      jobs.list({ ...query, id: jobId, format: output, account: key.account }),
    cancel: (call) => cancel(deps, call),
    purge: (call) => purge(deps, call),
    watch: (call) => watch(deps, call),
  };
}

/** Of the contract: the same key and the same body give the first reply again for so long. */
const IDEMPOTENCY_MS = 24 * 3_600_000;

async function submit(
  { jobs, feed, budget, queueLimit, refuseRendering, now }: JobServiceDeps,
  { key, order, requestId, idempotencyKey }: SubmitCall,
): Promise<{ jobId: string }> {
  await refuseRendering(order);
  const createdAt = now();
  const job: Omit<NewJob, "budget"> = {
    id: randomUUIDv7(),
    account: key.account,
    keyId: key.id,
    order,
    host: hostKey(new URL(order.page.url)),
    requestId,
    createdAt,
    idempotency: idempotencyKey === null ? null : toIdempotency(idempotencyKey, order, createdAt),
  };
  await queueLimit.reserve(1);
  const submission = await budget
    .guard(key, (guard) => jobs.submit({ ...job, budget: guard }))
    .catch((error: unknown) => {
      queueLimit.giveBack(1);
      throw error;
    });
  if (submission.outcome === "accepted") {
    feed.publish({ id: job.id, status: "queued", version: 1 });
    return { jobId: job.id };
  }
  queueLimit.giveBack(1);
  if (submission.outcome === "over_budget") throw budget.refuse(key);
  return repeat(submission);
}

function toIdempotency(key: string, order: ExtractOrder, at: Date): Idempotency {
  return {
    key,
    // What was understood, so that the same request in another spelling is the same.
    bodyHash: createHash("sha256").update(JSON.stringify(order)).digest("hex"),
    since: new Date(at.getTime() - IDEMPOTENCY_MS),
  };
}

function repeat({ jobId, hasSameBody }: Extract<Submission, { outcome: "repeated" }>) {
  if (hasSameBody) return { jobId };
  throw new RequestError("IDEMPOTENCY_KEY_REUSED", {
    message: `This Idempotency-Key belongs to another request of the last 24 hours (job ${jobId}).`,
    details: { job_id: jobId },
  });
}

async function view({ jobs, now }: JobServiceDeps, { key, jobId }: JobCall): Promise<JobView> {
  const job = await jobs.find({ id: jobId, account: key.account });
  if (job === null) throw jobNotFound(jobId);
  if (job.resultExpiresAt === null) return { job, result: null };
  if (job.resultExpiresAt <= now()) throw expiredJob(jobId, job.resultExpiresAt);
  const result = await jobs.findResult(jobId);
  // Swept or purged between the two looks.
  if (result === null && job.status === "completed") throw expiredJob(jobId, now());
  return { job, result };
}

function expiredJob(jobId: string, at: Date): RequestError {
  return new RequestError("NOT_FOUND", {
    message: `The result of job ${jobId} is gone since ${at.toISOString()} (QUERN_RETENTION_HOURS, or a purge).`,
    details: { reason: "expired", expired_at: at.toISOString() },
  });
}

/** Changes of this process are told at once; this finds those of others, and any that was missed. */
const LOOK_AGAIN_MS = 5000;

async function wait(
  deps: JobServiceDeps,
  { waitMs, signal, ...call }: Parameters<JobService["wait"]>[0],
): Promise<JobView> {
  using news = deps.feed.watch(call.jobId);
  const endsAt = performance.now() + waitMs;
  while (true) {
    const seen = await view(deps, call);
    const leftMs = endsAt - performance.now();
    if (isFinalStatus(seen.job.status) || leftMs <= 0 || signal.aborted) return seen;
    await news.next({ maxWaitMs: Math.min(leftMs, LOOK_AGAIN_MS), signal });
  }
}

async function cancel(deps: JobServiceDeps, call: JobCall): Promise<FinalStatus> {
  const { jobs, feed, now, retentionMs } = deps;
  const who = { id: call.jobId, account: call.key.account };
  const cancelled = await jobs.cancel(who, toCancelledEnd(now(), retentionMs));
  if (cancelled !== null) {
    feed.publish(cancelled);
    return "cancelled";
  }
  const job = await jobs.find(who);
  if (job === null) throw jobNotFound(call.jobId);
  throw new RequestError("NOT_CANCELLABLE", {
    message: `Job ${job.id} is ${job.status} already.`,
    details: { status: job.status },
  });
}

function toCancelledEnd(completedAt: Date, retentionMs: number): JobEnd {
  return {
    status: "cancelled",
    completedAt,
    resultExpiresAt: expiryOf(completedAt, retentionMs),
    durationMs: null,
    tokensCharged: 0,
    error: toJobError(new PageError("CANCELLED")),
    metadata: null,
    data: null,
  };
}

async function purge({ jobs, now }: JobServiceDeps, { key, jobId }: JobCall): Promise<FinalStatus> {
  const who = { id: jobId, account: key.account };
  const isPurged = await jobs.purge(who, now());
  const job = await jobs.find(who);
  if (job === null) throw jobNotFound(jobId);
  if (isPurged && isFinalStatus(job.status)) return job.status;
  throw new RequestError("NOT_CANCELLABLE", {
    message: `Job ${jobId} is ${job.status}: only a job that has ended can be purged. Cancel it first.`,
    details: { status: job.status },
  });
}

async function* watch(
  deps: JobServiceDeps,
  { afterVersion, signal, ...call }: Parameters<JobService["watch"]>[0],
): AsyncGenerator<JobView> {
  using news = deps.feed.watch(call.jobId);
  let seen = afterVersion;
  while (true) {
    const now = await view(deps, call);
    for (const state of await statesSince(deps, now, seen)) yield state;
    seen = now.job.version;
    if (isFinalStatus(now.job.status) || signal.aborted) return;
    await news.next({ maxWaitMs: LOOK_AGAIN_MS, signal });
    if (signal.aborted) return;
  }
}

/** Of a final job the final state alone: what it was before interests nobody any more. */
async function statesSince(
  { jobs }: JobServiceDeps,
  now: JobView,
  seen: number | null,
): Promise<JobView[]> {
  const { job } = now;
  if (seen !== null && seen >= job.version) return [];
  if (seen === null || isFinalStatus(job.status)) return [now];
  const events = await jobs.listEvents(job.id, seen);
  return events
    .filter(({ version }) => version <= job.version)
    .map((event) => (event.version === job.version ? now : openStateAt(job, event)));
}

function openStateAt(job: Job, { status, version }: JobEvent): JobView {
  return { job: { ...job, status, version }, result: null };
}
