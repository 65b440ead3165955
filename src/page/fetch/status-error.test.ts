import assert from "node:assert/strict";
import { test } from "node:test";
import { statusError } from "./status-error.ts";

const NOW = Date.parse("2026-03-02T10:00:00Z");

test("each status is the failure that the contract says", () => {
  const codes = [
    [200, null],
    [206, null],
    [302, "UNPROCESSABLE_CONTENT"],
    [304, "UNPROCESSABLE_CONTENT"],
    [400, "UNPROCESSABLE_CONTENT"],
    [401, "AUTH_REQUIRED"],
    [403, "PERMANENT_BLOCK"],
    [404, "UNPROCESSABLE_CONTENT"],
    [407, "AUTH_REQUIRED"],
    [410, "UNPROCESSABLE_CONTENT"],
    [429, "RATE_LIMITED"],
    [451, "PERMANENT_BLOCK"],
    [500, "TEMPORARY_BLOCK"],
    [503, "TEMPORARY_BLOCK"],
    [599, "TEMPORARY_BLOCK"],
    [999, "UNPROCESSABLE_CONTENT"],
  ] as const;
  for (const [status, code] of codes) {
    assert.equal(statusError({ status, headers: {} }, NOW)?.code ?? null, code, String(status));
  }
});

test("the status is named, as text", () => {
  assert.deepEqual(statusError({ status: 404, headers: {} }, NOW)?.details, {
    reason: "http_404",
    http_status: "404",
  });
});

test("what the site asks to wait is kept, as seconds and as any form of a date", () => {
  const waits = [
    ["120", 120_000],
    [" 0 ", 0],
    ["Mon, 02 Mar 2026 10:00:30 GMT", 30_000],
    ["Monday, 02-Mar-26 10:00:30 GMT", 30_000],
    ["Mon Mar  2 10:00:30 2026", 30_000],
    ["Mon, 02 Mar 2026 09:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    ["2026", 2_026_000],
    ["", null],
  ] as const;
  for (const [header, waitMs] of waits) {
    const error = statusError({ status: 429, headers: { "retry-after": header } }, NOW);
    assert.equal(error?.retryAfterMs, waitMs, header);
  }
  assert.equal(statusError({ status: 503, headers: {} }, NOW)?.retryAfterMs, null);
});
