import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError } from "../../../contract/app-error.ts";
import { pickRetryAfter } from "./pick-retry-after.ts";

const CASES = [
  { code: "UNAVAILABLE", wanted: 30, method: "POST", seconds: 30 },
  { code: "UNAVAILABLE", wanted: 30, method: "GET", seconds: 2 },
  { code: "RATE_LIMITED", wanted: 30, method: "DELETE", seconds: 2 },
  { code: "RATE_LIMITED", wanted: 1.2, method: "POST", seconds: 2 },
  { code: "RATE_LIMITED", wanted: 0, method: "POST", seconds: 1 },
  { code: "WORK_CONCURRENCY_LIMITED", wanted: undefined, method: "POST", seconds: 1 },
  { code: "SEARCH_NOT_CONFIGURED", wanted: undefined, method: "POST", seconds: null },
  { code: "INTERNAL_ERROR", wanted: 3, method: "POST", seconds: null },
  { code: "NOT_FOUND", wanted: undefined, method: "GET", seconds: null },
] as const;

test("what waiting mends says how long; polling clients are told a short time", () => {
  for (const { code, wanted, method, seconds } of CASES) {
    const error = new RequestError(code, wanted === undefined ? {} : { retryAfterSeconds: wanted });
    assert.equal(pickRetryAfter(error, method), seconds, `${method} ${code} ${wanted}`);
  }
});
