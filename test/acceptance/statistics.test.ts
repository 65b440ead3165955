import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createKey } from "../support/create-key.ts";
import { endOf, submitHeldJob, submitJob } from "../support/jobs.ts";
import { type Lab, startLab } from "../support/lab.ts";
import {
  readBadParameters,
  readCancelled,
  readConcurrency,
  readFailure,
  readPage,
  readStatistics,
} from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const today = () => new Date().toISOString().slice(0, 10);
const readDays = async (query = "", key = lab.quern.key) =>
  readStatistics(await lab.api.send({ path: `/v1/statistics${query}`, key }));

test("statistics of an account that has done nothing are zeros", async () => {
  const { key } = await createKey(lab.quern, "--account", "idle");
  const { requests, tokens_used, ...sums } = await readDays("", key);
  assert.deepEqual(sums, {
    extraction_count: 0,
    previous_period_extraction_count: 0,
    success_rate: 0,
    average_extraction_duration: 0,
    period_tokens_used: 0,
  });
  assert.equal(requests.length, tokens_used.length);
});

test("completed and failed work counts, sync and async, cancelled does not", async () => {
  const date = `${today()}T00:00:00.000Z`;
  for (const path of ["/article", "/page/1"]) await endOf(lab, await submitJob(lab, path));
  await endOf(lab, await submitJob(lab, "/status/404"));
  readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  readFailure(await lab.api.extract({ url: `${lab.site.url}/status/404` }));
  const cancelled = await submitHeldJob(lab, "cancelled");
  readCancelled(await lab.api.send({ method: "DELETE", path: `/v1/extract/${cancelled}` }));
  const statistics = await readDays();
  const { extraction_count, success_rate, period_tokens_used } = statistics;
  assert.deepEqual([extraction_count, success_rate, period_tokens_used], [5, 0.6, 3]);
  assert.deepEqual(statistics.requests.at(-1), {
    date,
    success_request_count: 3,
    failed_request_count: 2,
  });
  assert.deepEqual(statistics.tokens_used.at(-1), { date, tokens_used: 3 });
});

test("what was refused, or was no extraction, does not count", async () => {
  const { extraction_count } = await readDays();
  await lab.api.extract({ url: "ftp://example.com/" });
  await lab.api.get("/v1/extract/jobs");
  assert.equal((await readDays()).extraction_count, extraction_count);
});

test("the window is what was asked for, as far as there may be one", async () => {
  const { extraction_count: all } = await readDays();
  assert.ok(all > 0);
  const windows = {
    [`?start_date=${today()}`]: all,
    [`?end_date=${today()}`]: all,
    [`?start_date=${today()}T23:59:59Z&end_date=2999-01-01`]: all,
    "?start_date=1990-01-01": all,
    "?end_date=2020-01-01T00:00:00%2B02:00": 0,
    "?start_date=2020-01-01&end_date=2020-02-01": 0,
  };
  for (const [query, count] of Object.entries(windows)) {
    assert.equal((await readDays(query)).extraction_count, count, query);
  }
});

test("bounds that are malformed are 422 that names them, unknown parameters are named", async () => {
  const bad = await lab.api.get("/v1/statistics?start_date=yesterday&end_date=2026-02-30");
  assert.deepEqual(readBadParameters(bad), ["query.start_date", "query.end_date"]);
  const odd = await lab.api.get("/v1/statistics?from=2026-01-01");
  readStatistics(odd);
  assert.equal(odd.headers.get("x-ignored-fields"), "from");
});

test("statistics are the account's, and another one does not see them", async () => {
  const { key } = await createKey(lab.quern, "--account", "pair");
  const { key: other } = await createKey(lab.quern, "--account", "pair");
  const { key: stranger } = await createKey(lab.quern, "--account", "strangers");
  await endOf(lab, await submitJob(lab, "/article", { key }), key);
  assert.equal((await readDays("", other)).extraction_count, 1);
  assert.equal((await readDays("", stranger)).extraction_count, 0);
});

test("usage counts what runs now for the key, and tells its limit", async () => {
  const usage = async (key: string) =>
    readConcurrency(await lab.api.send({ path: "/v1/usage/concurrency", key }));
  const { key } = await createKey(lab.quern, "--concurrency", "7");
  assert.deepEqual(await usage(key), { work_concurrency_in_use: 0, work_concurrency_limit: 7 });
  const id = await submitHeldJob(lab, "usage", { key });
  assert.deepEqual(await usage(key), { work_concurrency_in_use: 1, work_concurrency_limit: 7 });
  const ours = await usage(lab.quern.key);
  assert.deepEqual(ours, { work_concurrency_in_use: 0, work_concurrency_limit: 50 });
  lab.site.release();
  await endOf(lab, id, key);
  assert.equal((await usage(key)).work_concurrency_in_use, 0);
});
