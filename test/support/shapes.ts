import assert from "node:assert/strict";
import { z } from "zod";
import type { ApiAnswer } from "./api.ts";

// The wire contract once more, written from its text and not from the source: a key too many, one too few
// or a number with a fraction fails every test that reads the answer.

const count = z.int().min(0);
const text = z.string();
const isoTime = z.iso.datetime({ offset: true });
const vendorFormats = z.array(z.enum(["markdown", "html"]));

const proxyWish = z.strictObject({
  country: z.string().length(2).nullable(),
  type: z.enum(["residential", "datacenter", "mix"]),
});

const pageMetadata = z.strictObject({
  title: text.nullable(),
  description: text.nullable(),
  author: text.nullable(),
  published_at: text.nullable(),
  modified_at: text.nullable(),
  language: text.nullable(),
  site_name: text.nullable(),
  canonical_url: text.nullable(),
  image: text.nullable(),
  type: text.nullable(),
});

const extractMetadata = z.strictObject({
  url: z.url(),
  render_js: z.boolean(),
  http_status: count,
  duration_ms: count,
  retry_count: count,
  formats: vendorFormats,
  processing_mode: z.literal("sync"),
  proxy: proxyWish.optional(),
  headers: z.record(text, text).optional(),
  wait_config: z
    .strictObject({
      wait_until: text.nullable(),
      wait_for: text.nullable(),
      wait_timeout: count.nullable(),
    })
    .optional(),
  response: z.strictObject({
    final_url: z.url(),
    content_type: text.nullable(),
    bytes: count,
    redirects: z.array(z.url()),
  }),
  page: pageMetadata,
  extra_formats: z.array(z.enum(["text", "content_html"])).optional(),
  explain: z.looseObject({}).optional(),
});

const extractAnswer = z.strictObject({
  data: z.strictObject({
    markdown: text.nullable(),
    html: text.nullable(),
    links: z.array(z.url()).nullable(),
    text: text.optional(),
    content_html: text.optional(),
  }),
  metadata: extractMetadata,
  tokens_charged: z.literal(1),
});

const JOB_ERROR_CODES = [
  ...["RATE_LIMITED", "WORK_CONCURRENCY_LIMITED", "WORK_CONCURRENCY_LEASE_EXPIRED"],
  ...["TEMPORARY_BLOCK", "NETWORK_ERROR", "CAPTCHA_CHALLENGE", "PERMANENT_BLOCK", "INVALID_URL"],
  ...["INVALID_WAIT_FOR_SELECTOR", "WAIT_FOR_SELECTOR_TIMEOUT", "UNPROCESSABLE_CONTENT"],
  ...["AUTH_REQUIRED", "TIMEOUT", "CANCELLED", "PAYMENT_REQUIRED", "INTERNAL_ERROR", "PROXY_ERROR"],
];

const errorFacts = {
  message: text.min(1),
  retryable: z.boolean(),
  details: z.record(text, text).nullable(),
  correlation_id: text.min(1),
};

const jobError = z.strictObject({ code: z.enum(JOB_ERROR_CODES), ...errorFacts });

const pageFailure = z.strictObject({
  error: jobError,
  tokens_charged: z.literal(0),
  code: z.enum(JOB_ERROR_CODES),
  ...errorFacts,
});

const refusal = z.strictObject({ code: text, ...errorFacts });

const badFields = z
  .array(
    z.strictObject({
      type: text.regex(/^[a-z][a-z0-9_]*$/),
      loc: z.array(z.union([text, z.int()])).min(1),
      msg: text.min(1),
    }),
  )
  .min(1);

const extractValidation = z.strictObject({
  code: z.literal("VALIDATION_ERROR"),
  ...errorFacts,
  detail: badFields,
  error: jobError,
  tokens_charged: z.literal(0),
});

const acceptedJob = z.strictObject({
  job_id: z.uuidv7(),
  status: z.literal("queued"),
  status_url: text,
  estimated_tokens: z.literal(1),
});

const jobMetadata = extractMetadata.extend({
  http_status: count.nullable(),
  duration_ms: count.nullable(),
  retry_count: count.nullable(),
  processing_mode: z.enum(["sync", "async"]),
  response: extractMetadata.shape.response.nullable(),
  page: pageMetadata.nullable(),
});

const jobHead = { job_id: z.uuidv7(), created_at: z.iso.datetime() };

const job = z.discriminatedUnion("status", [
  z.strictObject({
    ...jobHead,
    status: z.enum(["queued", "processing"]),
    completed_at: z.null(),
    data: z.null(),
    metadata: z.null(),
    error: z.null(),
    tokens_charged: z.null(),
  }),
  z.strictObject({
    ...jobHead,
    status: z.literal("completed"),
    completed_at: z.iso.datetime(),
    // Null of an extraction whose caller had it at once.
    data: extractAnswer.shape.data.nullable(),
    metadata: jobMetadata,
    error: z.null(),
    tokens_charged: z.literal(1),
  }),
  z.strictObject({
    ...jobHead,
    status: z.enum(["failed", "cancelled"]),
    completed_at: z.iso.datetime(),
    data: z.null(),
    metadata: jobMetadata.nullable(),
    error: jobError.extend({ correlation_id: text.nullable() }),
    tokens_charged: z.literal(0),
  }),
]);

const jobStatus = z.enum(["queued", "processing", "completed", "failed", "cancelled"]);

const jobList = z.strictObject({
  jobs: z.array(
    z.strictObject({
      job_id: z.uuidv7(),
      status: jobStatus,
      url: z.url(),
      created_at: z.iso.datetime(),
      execution_time: count.nullable(),
      output: vendorFormats,
    }),
  ),
  page: count.min(1),
  page_size: count.min(1).max(100),
  page_count: count,
  is_capped: z.literal(false),
});

const cancelledJob = z.strictObject({
  job_id: z.uuidv7(),
  status: z.enum(["completed", "failed", "cancelled"]),
  status_url: text,
});

const day = z.iso.datetime().regex(/T00:00:00(\.0+)?Z$/);

const statistics = z.strictObject({
  extraction_count: count,
  previous_period_extraction_count: count,
  success_rate: z.number().min(0).max(1),
  average_extraction_duration: count,
  period_tokens_used: count,
  requests: z.array(
    z.strictObject({ date: day, success_request_count: count, failed_request_count: count }),
  ),
  tokens_used: z.array(z.strictObject({ date: day, tokens_used: count })),
});

const concurrencyUsage = z.strictObject({
  work_concurrency_in_use: count,
  work_concurrency_limit: count,
});

const queryValidation = z.strictObject({
  code: z.literal("VALIDATION_ERROR"),
  ...errorFacts,
  detail: badFields,
});

const health = z.strictObject({
  service: text,
  status: z.enum(["ok", "degraded", "unavailable"]),
  timestamp: isoTime,
  version: text.regex(/^\d+\.\d+\.\d+/),
});

export type ExtractAnswer = z.infer<typeof extractAnswer>;
export type PageFailure = z.infer<typeof pageFailure>;
export type Refusal = z.infer<typeof refusal>;
export type ExtractValidation = z.infer<typeof extractValidation>;

/** A page that was read. */
export function readPage(answer: ApiAnswer): ExtractAnswer {
  return readAs(extractAnswer, answer, 200);
}

/** A page that could not be read: 422 whatever the reason. */
export function readFailure(answer: ApiAnswer): PageFailure {
  const failure = readAs(pageFailure, answer, 422);
  const { error, tokens_charged, ...ours } = failure;
  assert.deepEqual(ours, error, "both shapes tell the same");
  return failure;
}

/** A request that was refused as a whole. */
export function readRefusal(answer: ApiAnswer, status: number): Refusal {
  return readAs(refusal, answer, status);
}

/** Fields of POST /v1/extract that were refused. */
export function readValidation(answer: ApiAnswer): ExtractValidation {
  return readAs(extractValidation, answer, 422);
}

export type AsyncJob = z.infer<typeof job>;
export type JobRows = z.infer<typeof jobList>;

/** 202 of an async extraction. */
export function readAccepted(answer: ApiAnswer): z.infer<typeof acceptedJob> {
  const accepted = readAs(acceptedJob, answer, 202);
  assert.equal(accepted.status_url, `/v1/extract/${accepted.job_id}`);
  return accepted;
}

export function readJob(answer: ApiAnswer): AsyncJob {
  return readAs(job, answer, 200);
}

/** A state as an event tells it. */
export function parseJob(data: string): AsyncJob {
  return job.parse(JSON.parse(data));
}

export function readJobList(answer: ApiAnswer): JobRows {
  return readAs(jobList, answer, 200);
}

export function readCancelled(answer: ApiAnswer): z.infer<typeof cancelledJob> {
  const cancelled = readAs(cancelledJob, answer, 202);
  assert.equal(cancelled.status_url, `/v1/extract/${cancelled.job_id}`);
  return cancelled;
}

export function readStatistics(answer: ApiAnswer): z.infer<typeof statistics> {
  return readAs(statistics, answer, 200);
}

export function readConcurrency(answer: ApiAnswer): z.infer<typeof concurrencyUsage> {
  return readAs(concurrencyUsage, answer, 200);
}

/** The places of the parameters that were refused, dotted. */
export function readBadParameters(answer: ApiAnswer): string[] {
  return readAs(queryValidation, answer, 422).detail.map(({ loc }) => loc.join("."));
}

export function readHealth(answer: ApiAnswer, status: number): z.infer<typeof health> {
  return readAs(health, answer, status);
}

function readAs<Shape extends z.ZodType>(
  shape: Shape,
  answer: ApiAnswer,
  status: number,
): z.infer<Shape> {
  assert.equal(answer.status, status, answer.text.slice(0, 2000));
  assert.match(answer.headers.get("content-type") ?? "", /^application\/([a-z.]+\+)?json\b/);
  const parsed = shape.safeParse(answer.json());
  assert.ok(parsed.success, `${z.prettifyError(parsed.error ?? noError())}\n${answer.text}`);
  return parsed.data;
}

function noError(): z.ZodError {
  return new z.ZodError([]);
}
