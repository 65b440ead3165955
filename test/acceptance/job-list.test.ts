import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createKey } from "../support/create-key.ts";
import { endOf, submitHeldJob, submitJob } from "../support/jobs.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { type JobRows, readBadParameters, readJobList, readRefusal } from "../support/shapes.ts";

let lab: Lab;
/** In the order in which they were made. */
const ids: string[] = [];
before(async () => {
  lab = await startLab();
  const markdown = { fields: { formats: ["markdown"] } };
  ids.push(await submitJob(lab, "/article?first", markdown));
  ids.push(await submitJob(lab, "/status/404?second"));
  ids.push(await submitJob(lab, "/article?100%25_third", { fields: { formats: ["text"] } }));
  for (const id of ids) await endOf(lab, id);
  ids.push(await submitHeldJob(lab, "fourth"));
});
after(() => lab.stop());

async function list(query: Readonly<Record<string, string>>): Promise<JobRows> {
  return readJobList(await lab.api.get(`/v1/extract/jobs?${new URLSearchParams(query)}`));
}

/** The places of the listed jobs among those that were made. */
async function listed(query: Readonly<Record<string, string>>): Promise<number[]> {
  return (await list(query)).jobs.map(({ job_id }) => ids.indexOf(job_id));
}

test("jobs are listed newest first, in a frame", async () => {
  const { jobs, ...frame } = await list({});
  assert.deepEqual(frame, { page: 1, page_size: 100, page_count: 1, is_capped: false });
  assert.deepEqual(
    jobs.map(({ job_id }) => job_id),
    ids.toReversed(),
  );
  const [running, text, failed, completed] = jobs;
  assert.deepEqual([running?.status, running?.execution_time], ["processing", null]);
  assert.deepEqual(running?.output, ["html"]);
  assert.deepEqual(text?.output, [], "only what clients know");
  assert.equal(failed?.status, "failed");
  assert.equal(completed?.url, `${lab.site.url}/article?first`);
  assert.equal(typeof completed?.execution_time, "number");
});

test("pages follow each other, and past the last one jobs is empty", async () => {
  const pages = [];
  for (const page of ["1", "2", "3", "4000000"]) {
    const { jobs, ...frame } = await list({ page, page_size: "3" });
    assert.deepEqual(frame, {
      page: Number(page),
      page_size: 3,
      page_count: 2,
      is_capped: false,
    });
    pages.push(jobs.map(({ job_id }) => ids.indexOf(job_id)));
  }
  assert.deepEqual(pages, [[3, 2, 1], [0], [], []]);
});

const FILTERS: readonly { query: Readonly<Record<string, string>>; places: readonly number[] }[] = [
  { query: { status: "failed" }, places: [1] },
  { query: { status: "processing" }, places: [3] },
  { query: { status: "cancelled" }, places: [] },
  { query: { output: "markdown" }, places: [0] },
  { query: { output: "text" }, places: [2] },
  { query: { output: "html" }, places: [3, 1] },
  { query: { url: "article?" }, places: [2, 0] },
  { query: { url: "100%25_" }, places: [2] },
  { query: { url: "a%e" }, places: [] },
  { query: { url: "?_irst" }, places: [] },
  { query: { url: "article", output: "markdown", status: "completed" }, places: [0] },
  { query: { url: "article", status: "failed" }, places: [] },
  { query: { status: "", url: "", page: "", job_id: "" }, places: [3, 2, 1, 0] },
];

test("filters combine with AND, and what is no letter of a pattern is itself", async () => {
  for (const { query, places } of FILTERS) {
    assert.deepEqual(await listed(query), places, JSON.stringify(query));
  }
});

test("a job is found by its id, in any case", async () => {
  const [first = ""] = ids;
  assert.deepEqual(await listed({ job_id: first }), [0]);
  assert.deepEqual(await listed({ job_id: first.toUpperCase() }), [0]);
  const nobody = await list({ job_id: "00000000-0000-7000-8000-000000000000" });
  assert.deepEqual([nobody.jobs, nobody.page_count], [[], 0]);
});

test("start and end are inclusive, to the millisecond and in every way to write a time", async () => {
  const { jobs } = await list({ job_id: ids[1] ?? "" });
  const at = jobs[0]?.created_at ?? "";
  const shifted = (hours: number) =>
    new Date(Date.parse(at) + hours * 3_600_000).toISOString().replace("Z", "");
  const moments = [
    at,
    at.replace("Z", ""),
    at.replace("Z", "+0000"),
    `${shifted(2)}+02:00`,
    `${shifted(-5.5)}-05:30`,
    `${shifted(2)} 02:00`,
    `${at.replace("Z", "")}000Z`,
  ];
  for (const moment of moments) {
    assert.deepEqual(await listed({ start_date: moment, end_date: moment }), [1], moment);
  }
  const later = new Date(Date.parse(at) + 1).toISOString();
  assert.ok(!(await listed({ start_date: later })).includes(1));
  assert.deepEqual(await listed({ end_date: at }), [1, 0]);
});

test("a date alone is its whole day", async () => {
  const { jobs } = await list({ job_id: ids[0] ?? "" });
  const date = jobs[0]?.created_at.slice(0, 10) ?? "";
  const dayBefore = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  assert.ok((await listed({ start_date: date, end_date: date })).includes(0));
  assert.deepEqual(await listed({ end_date: dayBefore }), []);
});

const BAD = {
  job_id: ["jobs", "1"],
  status: ["done", "COMPLETED"],
  output: ["pdf", "markdown,html"],
  start_date: ["yesterday", "2026-02-30", "2026-01-01T25:00:00Z"],
  end_date: ["1769774400", "2026-01-01T00:00:00+25:00"],
  page: ["0", "-1", "1.5", "one"],
  page_size: ["0", "101", "ten"],
};

test("a filter or page that is malformed is 422 that names it", async () => {
  for (const [name, values] of Object.entries(BAD)) {
    for (const value of values) {
      const query = new URLSearchParams({ [name]: value });
      const answer = await lab.api.get(`/v1/extract/jobs?${query}`);
      assert.deepEqual(readBadParameters(answer), [`query.${name}`], `${name}=${value}`);
    }
  }
  const twice = await lab.api.get("/v1/extract/jobs?page=1&page=2&status=done");
  assert.deepEqual(readBadParameters(twice), ["query.status", "query.page"]);
});

test("unknown filters are ignored and named", async () => {
  const answer = await lab.api.get("/v1/extract/jobs?sort=asc&page_size=1");
  assert.equal(readJobList(answer).jobs.length, 1);
  assert.equal(answer.headers.get("x-ignored-fields"), "sort");
});

test("another account's list is its own, and an empty one has no pages", async () => {
  const { key } = await createKey(lab.quern, "--account", "strangers");
  const answer = await lab.api.send({ path: "/v1/extract/jobs", key });
  assert.deepEqual(readJobList(answer), {
    jobs: [],
    page: 1,
    page_size: 100,
    page_count: 0,
    is_capped: false,
  });
});

test("jobs is never read as a job id", async () => {
  for (const method of ["DELETE", "PATCH"]) {
    const answer = await lab.api.send({ method, path: "/v1/extract/jobs" });
    assert.equal(readRefusal(answer, 405).code, "METHOD_NOT_ALLOWED");
    assert.equal(answer.headers.get("allow"), "GET, HEAD");
  }
  readRefusal(await lab.api.get("/v1/extract/jobs/events"), 404);
});
