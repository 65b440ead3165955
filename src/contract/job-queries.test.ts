import assert from "node:assert/strict";
import { test } from "node:test";
import {
  jobCancelQuerySchema,
  jobListQuerySchema,
  jobQuerySchema,
  toJobListQuery,
} from "./job-queries.ts";
import { parseRequest } from "./parse-request.ts";
import { ValidationError } from "./validation-error.ts";

const readList = (value: object) =>
  toJobListQuery(parseRequest({ schema: jobListQuerySchema, value, place: "query" }));

test("what is not asked for, or empty, has its default", () => {
  const defaults = {
    jobId: null,
    url: null,
    status: null,
    output: null,
    from: null,
    to: null,
    page: 1,
    pageSize: 100,
  };
  assert.deepEqual(readList({}), defaults);
  assert.deepEqual(readList({ status: "", page: "", start_date: "", job_id: "" }), defaults);
});

test("filters are read, ids in any case", () => {
  const query = readList({
    job_id: "019A3C5E-7B1F-7C42-9D0E-5F6A8B3C2D10",
    url: "example.com/a b",
    status: "failed",
    output: "content_html",
    start_date: "2026-01-01",
    end_date: "2026-01-30",
    page: "3",
    page_size: "10",
  });
  assert.deepEqual(query, {
    jobId: "019a3c5e-7b1f-7c42-9d0e-5f6a8b3c2d10",
    url: "example.com/a b",
    status: "failed",
    output: "content_html",
    from: new Date("2026-01-01T00:00:00Z"),
    to: new Date("2026-01-30T23:59:59.999Z"),
    page: 3,
    pageSize: 10,
  });
});

const BAD = {
  job_id: "jobs",
  url: ["a", "b"],
  status: "done",
  output: "pdf",
  start_date: "yesterday",
  end_date: "2026-02-30",
  page: "0",
  page_size: "101",
};

test("every bad filter is named at once, in its order", () => {
  assert.throws(
    () => readList(BAD),
    (error) =>
      error instanceof ValidationError &&
      error.refusals.map(({ loc }) => loc.join(".")).join() ===
        Object.keys(BAD)
          .map((name) => `query.${name}`)
          .join(),
  );
});

test("numbers are digits within their range, flags true or false", () => {
  for (const wait of [
    "-1",
    "61",
    "1.5",
    "1e1",
    " 1",
    "+1",
    "0x1",
    "five",
    "99999999999999999999",
  ]) {
    assert.throws(() => parseRequest({ schema: jobQuerySchema, value: { wait }, place: "query" }));
  }
  for (const purge of ["1", "yes", "TRUE", "null"]) {
    const value = { purge };
    assert.throws(() => parseRequest({ schema: jobCancelQuerySchema, value, place: "query" }));
  }
  assert.equal(jobQuerySchema.parse({ wait: "060" }).wait, 60);
  assert.equal(jobCancelQuerySchema.parse({ purge: "true" }).purge, true);
});
