import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createApi } from "../support/api.ts";
import { createKey } from "../support/create-key.ts";
import { askForJob, countVisits, endOf, submitJob } from "../support/jobs.ts";
import { type Lab, networksOf, startLab } from "../support/lab.ts";
import { readAccepted, readPage, readRefusal, readValidation } from "../support/shapes.ts";
import { startQuern } from "../support/start-quern.ts";
import { withTempFolder } from "../support/temp-folder.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const named = (name: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  headers: { "idempotency-key": name },
  fields,
});

test("the same key and body give the first reply again, also when the job has ended", async () => {
  const first = await askForJob(lab, "/article?once", named("once"));
  const { job_id } = readAccepted(first);
  await endOf(lab, job_id);
  const again = await askForJob(lab, "/article?once", named("once"));
  assert.equal(again.text, first.text);
  assert.equal(again.status, 202);
  assert.equal(countVisits(lab, "/article?once"), 1);
});

test("the same request in another spelling is the same", async () => {
  const id = await submitJob(lab, "/article?same", named("spelling"));
  const fields = { formats: ["html"], render_js: false, proxy: null, timeout: 30_000 };
  assert.equal(await submitJob(lab, "/article?same", named("spelling", fields)), id);
});

test("another body under a key that was used is 409", async () => {
  const id = await submitJob(lab, "/article?one", named("reused"));
  for (const [path, fields] of [
    ["/article?two", {}],
    ["/article?one", { formats: ["markdown"] }],
    ["/article?one", { headers: { "X-A": "1" } }],
  ] as const) {
    const { code } = readRefusal(await askForJob(lab, path, named("reused", fields)), 409);
    assert.equal(code, "IDEMPOTENCY_KEY_REUSED");
  }
  assert.equal(await submitJob(lab, "/article?one", named("reused")), id);
  assert.equal(countVisits(lab, "/article?two"), 0);
});

test("requests at the same moment make one job", async () => {
  const ids = await Promise.all(
    Array.from({ length: 30 }, () => submitJob(lab, "/article?race", named("race"))),
  );
  assert.equal(new Set(ids).size, 1);
  await endOf(lab, ids[0] ?? "");
  assert.equal(countVisits(lab, "/article?race"), 1);
});

test("without a key every request is a job of its own", async () => {
  assert.notEqual(await submitJob(lab, "/article"), await submitJob(lab, "/article"));
});

test("another account's keys are its own", async () => {
  const id = await submitJob(lab, "/article", named("mine"));
  const { key } = await createKey(lab.quern, "--account", "strangers");
  assert.notEqual(await submitJob(lab, "/article", { ...named("mine"), key }), id);
});

test("a key that is none is 422 that names the header, and only in async mode", async () => {
  for (const key of ["", "two words", "x".repeat(256), "caf\u00e9"]) {
    const { detail } = readValidation(await askForJob(lab, "/article", named(key)));
    assert.deepEqual(
      detail.map(({ loc }) => loc),
      [["header", "Idempotency-Key"]],
      key,
    );
    const headers = { "idempotency-key": key };
    readPage(await lab.api.extract({ url: `${lab.site.url}/article` }, headers));
  }
  await submitJob(lab, "/article", named("x".repeat(255)));
});

test("a request that was refused leaves its key free", async () => {
  const refused = await askForJob(lab, "/article", named("free", { timeout: 1 }));
  readValidation(refused);
  await submitJob(lab, "/article", named("free"));
});

test("after kill -9 the key still gives the old job", async () => {
  await withTempFolder(async (dataDir) => {
    const env = { QUERN_ALLOW_NETWORKS: networksOf(lab.site) };
    const before = await startQuern({ dataDir, env });
    const id = await submitJob({ ...lab, api: createApi(before) }, "/article", named("crash"));
    await before.kill();
    const next = await startQuern({ dataDir, env });
    const api = createApi(next);
    assert.equal(await submitJob({ ...lab, api }, "/article", named("crash")), id);
    assert.equal((await endOf({ ...lab, api }, id)).status, "completed");
    await next.stop();
  });
});
