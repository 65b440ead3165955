import assert from "node:assert/strict";
import { test } from "node:test";
import { PageError, RequestError } from "../../../contract/app-error.ts";
import { errorReplySchema, extractionErrorReplySchema } from "../../../contract/error-reply.ts";
import {
  JOB_ERROR_CODES,
  REQUEST_ERROR_CODES,
  REQUEST_ERRORS,
} from "../../../contract/error-table.ts";
import { ValidationError } from "../../../contract/validation-error.ts";
import { toErrorReply } from "./to-error-reply.ts";

const EXTRACTION = { requestId: "id-1", failsAsExtraction: true };
const OTHER = { requestId: "id-1", failsAsExtraction: false };

test("every request error is answered with the status of its row, in one shape", () => {
  for (const code of REQUEST_ERROR_CODES) {
    const { status, body } = toErrorReply(new RequestError(code), EXTRACTION);
    assert.equal(status, REQUEST_ERRORS[code].status);
    assert.deepEqual(Object.keys(body), [
      ...["code", "message", "correlation_id", "retryable", "details"],
    ]);
    assert.deepEqual(errorReplySchema.parse(body), body);
  }
});

const OWN_STATUS = new Map([
  ["INTERNAL_ERROR", 500],
  ["PAYMENT_REQUIRED", 402],
  ["WORK_CONCURRENCY_LIMITED", 429],
]);

test("a page that fails is 422 in both shapes, but for failures that are ours", () => {
  for (const code of JOB_ERROR_CODES) {
    const error = new PageError(code, { message: "m", details: { reason: "r" } });
    const { status, body } = toErrorReply(error, EXTRACTION);
    assert.equal(status, OWN_STATUS.get(code) ?? 422, code);
    if (status !== 422) continue;
    const { retryable } = error;
    const facts = { message: "m", retryable, details: { reason: "r" }, correlation_id: "id-1" };
    assert.deepEqual(body, { error: { code, ...facts }, tokens_charged: 0, code, ...facts });
    assert.deepEqual(Object.keys(body), [
      ...["error", "tokens_charged", "code", "message", "correlation_id", "retryable", "details"],
    ]);
    assert.deepEqual(extractionErrorReplySchema.parse(body), body);
  }
});

const VENDOR_CODES = [
  { loc: ["body", "url"], code: "INVALID_URL" },
  { loc: ["body", "wait_config", "wait_for"], code: "INVALID_WAIT_FOR_SELECTOR" },
  { loc: ["body", "wait_config"], code: "UNPROCESSABLE_CONTENT" },
  { loc: ["body", "timeout"], code: "UNPROCESSABLE_CONTENT" },
  { loc: ["body"], code: "UNPROCESSABLE_CONTENT" },
];

test("bad fields of an extraction are told in the vendor's shape too, by the first of them", () => {
  for (const { loc, code } of VENDOR_CODES) {
    const error = new ValidationError([
      { type: "missing", loc, msg: "m" },
      { type: "missing", loc: ["body", "url"], msg: "m" },
    ]);
    const { status, body } = toErrorReply(error, EXTRACTION);
    assert.equal(status, 422);
    const parsed = extractionErrorReplySchema.parse(body);
    assert.deepEqual([parsed.error.code, parsed.code], [code, "VALIDATION_ERROR"]);
    assert.deepEqual(parsed.detail, error.refusals);
  }
});

test("bad fields elsewhere are told in our shape alone", () => {
  const error = new ValidationError([{ type: "missing", loc: ["query", "page"], msg: "m" }]);
  const { body } = toErrorReply(error, OTHER);
  assert.deepEqual(Object.keys(body), [
    ...["code", "message", "correlation_id", "retryable", "details", "detail"],
  ]);
});

test("of an error that nobody foresaw a caller learns nothing", () => {
  const { status, body } = toErrorReply(new Error("password is swordfish"), EXTRACTION);
  assert.equal(status, 500);
  assert.equal(body.code, "INTERNAL_ERROR");
  assert.doesNotMatch(JSON.stringify(body), /swordfish/);
});
