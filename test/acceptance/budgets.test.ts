import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createKey } from "../support/create-key.ts";
import { askForJob, countVisits, endOf, submitHeldJob, submitJob } from "../support/jobs.ts";
import { type Lab, startLab } from "../support/lab.ts";
import {
  readAccepted,
  readCancelled,
  readFailure,
  readPage,
  readRefusal,
} from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const keyWith = async (budget: number) =>
  (await createKey(lab.quern, "--budget", String(budget))).key;

const extractWith = (key: string, path: string) =>
  lab.api.extract({ url: lab.site.url + path }, { "x-api-key": key });

test("a budget that is used up is 402, sync and async, and no page is asked for", async () => {
  const key = await keyWith(2);
  readPage(await extractWith(key, "/article"));
  await endOf(lab, await submitJob(lab, "/article", { key }), key);
  const refusals = [
    await extractWith(key, "/article?over"),
    await askForJob(lab, "/article?over", { key }),
  ];
  for (const answer of refusals) {
    const { code, retryable } = readRefusal(answer, 402);
    assert.deepEqual([code, retryable], ["PAYMENT_REQUIRED", false]);
  }
  assert.equal(countVisits(lab, "/article?over"), 0);
});

test("open jobs reserve their token, and one that is cancelled gives it back", async () => {
  const key = await keyWith(2);
  const held = [
    await submitHeldJob(lab, "reserve-1", { key }),
    await submitHeldJob(lab, "reserve-2", { key }),
  ];
  readRefusal(await askForJob(lab, "/article", { key }), 402);
  readRefusal(await extractWith(key, "/article"), 402);
  const [first = "", second = ""] = held;
  readCancelled(await lab.api.send({ method: "DELETE", path: `/v1/extract/${first}`, key }));
  readPage(await extractWith(key, "/article"));
  readRefusal(await askForJob(lab, "/article", { key }), 402);
  lab.site.release();
  assert.equal((await endOf(lab, second, key)).tokens_charged, 1);
});

test("what fails costs nothing", async () => {
  const key = await keyWith(1);
  readFailure(await extractWith(key, "/status/404"));
  await endOf(lab, await submitJob(lab, "/status/404", { key }), key);
  readPage(await extractWith(key, "/article"));
  readRefusal(await extractWith(key, "/article"), 402);
});

test("requests at the same moment don't get more than the budget", async () => {
  const key = await keyWith(5);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => askForJob(lab, "/article?rush", { key })),
  );
  const taken = answers
    .filter(({ status }) => status === 202)
    .map((answer) => readAccepted(answer));
  assert.equal(taken.length, 5);
  for (const answer of answers.filter(({ status }) => status !== 202)) readRefusal(answer, 402);
  for (const { job_id } of taken) await endOf(lab, job_id, key);
  assert.equal(countVisits(lab, "/article?rush"), 5);
});

test("a budget is one key's, and without one there is no limit", async () => {
  const key = await keyWith(1);
  readPage(await extractWith(key, "/article"));
  readRefusal(await extractWith(key, "/article"), 402);
  readPage(await extractWith(await keyWith(1), "/article"));
  readPage(await extractWith(lab.quern.key, "/article"));
});
