import assert from "node:assert/strict";
import { test } from "node:test";
import { explainNotFound } from "./explain-not-found.ts";

const ROUTES = [
  { method: "POST", path: "/v1/extract" },
  { method: "GET", path: "/v1/extract/:job_id" },
  { method: "GET", path: "/health" },
  { method: "GET", path: "/v1/batch" },
  { method: "POST", path: "/v1/batch" },
  { method: "GET", path: "/v1/batch/jobs" },
] as const;

const CASES = [
  { path: "/v1/extract/x/result", near: "GET /v1/extract/{job_id}" },
  { path: "/v1/extract/", near: "POST /v1/extract" },
  { path: "/v1/extrakt", near: "POST /v1/extract" },
  { path: "/V1/Extract", near: "POST /v1/extract" },
  { path: "/healthz", near: "GET /health" },
  { path: "/v1/batch/x", near: "GET /v1/batch, POST /v1/batch" },
  { path: "/v1/batch/jobs/x", near: "GET /v1/batch/jobs" },
];

test("what is near an unknown path is named, with its methods", () => {
  for (const { path, near } of CASES) {
    assert.equal(
      explainNotFound(path, ROUTES),
      `This version has nothing at this path. Near it is ${near}. GET /docs lists all that there is.`,
      path,
    );
  }
});

test("where nothing is near, the list of all is named alone", () => {
  for (const path of ["/", "/favicon.ico", "/etc/passwd", `/v1/${"x".repeat(10_000)}`]) {
    assert.equal(
      explainNotFound(path, ROUTES),
      "This version has nothing at this path. GET /docs lists all that there is.",
      path.slice(0, 20),
    );
  }
});
