import { randomUUIDv7 } from "node:crypto";
import type { JobError } from "../../../src/contract/error-reply.ts";
import type { ExtractOrder } from "../../../src/contract/extract-request.ts";
import type { Format } from "../../../src/contract/format.ts";
import type { Job, JobEnd } from "../../../src/contract/job.ts";
import type { JobMetadata } from "../../../src/contract/job-response.ts";
import type { BudgetGuard, JobQuery, NewJob, RecordedJob } from "../../../src/store/job-store.ts";
import type { Store } from "../../../src/store/store.ts";
import type { ClaimedJob } from "../../../src/store/work-store.ts";

export const CREATED_AT = new Date(Date.UTC(2026, 2, 4, 5, 6, 7, 8));
export const ENDED_AT = new Date(Date.UTC(2026, 2, 4, 5, 7));
export const EXPIRES_AT = new Date(Date.UTC(2026, 2, 7, 5, 7));
export const MONTH_START = new Date(Date.UTC(2026, 2, 1));
/** Of a request, to be found nowhere once the job has ended. */
export const SECRET = "Bearer swordfish-9b1d";

export interface JobFacts extends Partial<Omit<NewJob, "order">> {
  readonly url?: string;
  readonly formats?: readonly Format[];
}

/** A job of an account and a key of its own, unless they are named. */
export function newJob({ url, formats, ...facts }: JobFacts = {}): NewJob {
  const id = laterId();
  return {
    id,
    account: `account-${id}`,
    keyId: `key-${id}`,
    order: extractOrder({ processingMode: "async", url, formats }),
    host: "http://example.com",
    requestId: requestIdOf(id),
    createdAt: CREATED_AT,
    idempotency: null,
    budget: null,
    ...facts,
  };
}

let lastId = "";

/** Those of one millisecond are in no order of their own: here each is later than the one before. */
function laterId(): string {
  let id = randomUUIDv7();
  while (id <= lastId) id = randomUUIDv7();
  lastId = id;
  return id;
}

function requestIdOf(jobId: string): string {
  return `request-${jobId}`;
}

/** What a synchronous extraction is written as. */
export function recordedJob(facts: JobFacts, end: JobEnd): RecordedJob {
  const { idempotency, budget, host, ...job } = newJob(facts);
  const order = { ...job.order, processingMode: "sync" as const };
  return { ...job, order, end };
}

function extractOrder({
  processingMode,
  url = "https://example.com/a?b=c",
  formats = ["markdown", "content_html"],
}: {
  processingMode: ExtractOrder["processingMode"];
  url: string | undefined;
  formats: readonly Format[] | undefined;
}): ExtractOrder {
  return {
    processingMode,
    asked: { proxy: null, headers: { Authorization: SECRET }, wait_config: null },
    page: {
      url,
      formats,
      render: "never",
      proxy: null,
      headers: { Authorization: SECRET, "X-Name": "日本 \ud800 \u0000" },
      wait: null,
      extractLinks: true,
      timeoutMs: 30_000,
      onlyMainContent: true,
      includeSelectors: ["main"],
      excludeSelectors: [],
      explain: false,
    },
  };
}

/** The job as it stands after its submission. */
export function asQueued(job: NewJob): Job {
  return {
    id: job.id,
    account: job.account,
    keyId: job.keyId,
    mode: "async",
    status: "queued",
    url: job.order.page.url,
    formats: job.order.page.formats,
    createdAt: job.createdAt,
    completedAt: null,
    durationMs: null,
    tokensCharged: null,
    error: null,
    version: 1,
    resultExpiresAt: null,
  };
}

/** The job as its end leaves it. */
export function asEnded(before: Job, end: JobEnd): Job {
  return {
    ...before,
    status: end.status,
    completedAt: end.completedAt,
    durationMs: end.durationMs,
    tokensCharged: end.tokensCharged,
    // Whoever looks for it in the log finds the job's own request.
    error: end.error && { ...end.error, correlation_id: requestIdOf(before.id) },
    version: before.version + 1,
    resultExpiresAt: end.resultExpiresAt,
  };
}

export function completed(facts: Partial<JobEnd> = {}): JobEnd {
  return {
    status: "completed",
    completedAt: ENDED_AT,
    durationMs: 1234,
    tokensCharged: 1,
    error: null,
    resultExpiresAt: EXPIRES_AT,
    metadata: METADATA,
    data: { markdown: "# Title\n", html: null, links: ["https://example.com/"], content_html: "" },
    ...facts,
  };
}

export function failed(facts: Partial<JobEnd> = {}): JobEnd {
  return {
    ...completed(),
    status: "failed",
    tokensCharged: 0,
    error: jobError("TIMEOUT"),
    data: null,
    ...facts,
  };
}

export function cancelled(facts: Partial<JobEnd> = {}): JobEnd {
  return failed({ status: "cancelled", durationMs: null, error: jobError("CANCELLED"), ...facts });
}

export function jobError(code: JobError["code"]): JobError {
  return {
    code,
    message: "It failed: 日本 'x' \ud800",
    retryable: true,
    details: { reason: "total", timeoutMs: "30000" },
    correlation_id: null,
  };
}

const METADATA: JobMetadata = {
  url: "https://example.com/a?b=c",
  render_js: false,
  http_status: 200,
  duration_ms: 1234,
  retry_count: 0,
  formats: ["markdown"],
  extra_formats: ["content_html"],
  processing_mode: "async",
  response: null,
  page: null,
};

/** Of the month of {@link CREATED_AT}. */
export function budgetOf(limit: number, heldElsewhere = 0): BudgetGuard {
  return { limit, monthStart: MONTH_START, heldElsewhere };
}

export function everythingOf(account: string, facts: Partial<JobQuery> = {}): JobQuery {
  const none = { id: null, url: null, status: null, format: null, from: null, to: null };
  return { account, ...none, page: 1, pageSize: 100, ...facts };
}

/** Submits it and says what was sent. @throws Error when it was not accepted */
export async function submitted({ jobs }: Store, facts: JobFacts = {}): Promise<NewJob> {
  const job = newJob(facts);
  const { outcome } = await jobs.submit(job);
  if (outcome !== "accepted") throw new Error(`The job is not accepted: ${outcome}`);
  return job;
}

/** Takes it for that worker. @throws Error when it can't be had */
export async function claimed({ work }: Store, workerId: string, id: string): Promise<ClaimedJob> {
  const [claim] = await work.claim(workerId, [id]);
  if (claim === undefined) throw new Error(`${workerId} can't claim ${id}`);
  return claim;
}

/** A job that went the whole way. */
export async function ended(store: Store, end: JobEnd, facts: JobFacts = {}): Promise<NewJob> {
  const job = await submitted(store, facts);
  const workerId = `worker-of-${job.id}`;
  await store.work.enlist(workerId, 10_000);
  const claim = await claimed(store, workerId, job.id);
  if (!(await store.work.finish(claim, end))) throw new Error(`${job.id} can't be finished`);
  await store.work.leave(workerId);
  return job;
}
