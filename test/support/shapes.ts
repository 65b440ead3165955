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
  render_js: z.literal(false),
  http_status: count,
  duration_ms: count,
  retry_count: count,
  formats: vendorFormats,
  processing_mode: z.literal("sync"),
  proxy: proxyWish.optional(),
  headers: z.record(text, text).optional(),
  wait_config: z.never().optional(),
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
