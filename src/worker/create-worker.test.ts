import assert from "node:assert/strict";
import { randomUUIDv7 } from "node:crypto";
import { test } from "node:test";
import { waitUntil } from "../../test/support/wait-until.ts";
import {
  holdPages,
  LAB_KEY,
  RESULT,
  withWorkerLab as withLab,
} from "../../test/support/worker-lab.ts";
import { PageError } from "../contract/app-error.ts";

/** What takes milliseconds on a quiet machine. */
const PATIENCE_MS = 10_000;

test("a queued job is read, and ends completed with its result, its charge and its events", async () => {
  await withLab({}, async (lab) => {
    const id = await lab.submit();
    const job = await lab.untilFinal(id);
    assert.equal(job.status, "completed");
    assert.equal(job.tokensCharged, 1);
    const result = await lab.store.jobs.findResult(id);
    assert.equal(result?.data?.markdown, "# Read");
    const events = await lab.store.jobs.listEvents(id, 0);
    assert.deepEqual(
      events.map(({ status }) => status),
      ["queued", "processing", "completed"],
    );
  });
});

test("a page that fails ends its job with the error, and costs nothing", async () => {
  const readOrder = () => Promise.reject(new PageError("AUTH_REQUIRED"));
  await withLab({ readOrder }, async (lab) => {
    const job = await lab.untilFinal(await lab.submit());
    assert.equal(job.status, "failed");
    assert.equal(job.tokensCharged, 0);
    assert.equal(job.error?.code, "AUTH_REQUIRED");
    assert.equal(job.error?.correlation_id, "request");
  });
});

test("jobs never take the places that are kept for synchronous calls", async () => {
  const held = holdPages();
  await withLab({ readOrder: held.readOrder, places: 8 }, async (lab) => {
    await Promise.all(Array.from({ length: 20 }, () => lab.submit({ host: randomUUIDv7() })));
    await waitUntil(() => held.waiting.length === 6, PATIENCE_MS);
    const place = await lab.admission.enter({
      key: { id: "sync", concurrency: null },
      maxWaitMs: 0,
      signal: AbortSignal.timeout(1000),
    });
    place.release();
    assert.equal(held.waiting.length, 6);
    held.readAll();
  });
});

test("one key's backlog does not hold up another's job", async () => {
  const held = holdPages();
  await withLab({ readOrder: held.readOrder, places: 2 }, async (lab) => {
    for (let count = 0; count < 30; count += 1)
      await lab.submit({ keyId: "busy", host: `h${count}` });
    await waitUntil(() => held.waiting.length === 1, PATIENCE_MS);
    const single = await lab.submit({ keyId: "quiet", host: "other" });
    for (let read = 0; read < 2; read += 1) {
      const [first] = held.waiting;
      first?.read();
      await waitUntil(() => held.waiting.length === 1 && held.waiting[0] !== first, PATIENCE_MS);
    }
    const job = await lab.store.jobs.find({ id: single, account: "default" });
    assert.notEqual(job?.status, "queued");
    held.readAll();
  });
});

test("no more of a key's jobs run than the key may have at once", async () => {
  const held = holdPages();
  const findKey = async (id: string) => ({ ...LAB_KEY, id, concurrency: 2 });
  await withLab({ readOrder: held.readOrder, places: 16, findKey }, async (lab) => {
    for (let count = 0; count < 6; count += 1) await lab.submit({ host: `h${count}` });
    await waitUntil(() => held.waiting.length === 2, PATIENCE_MS);
    assert.equal(lab.worker.running, 2);
    held.readAll();
    assert.equal(held.most(), 2);
  });
});

test("jobs of a slow host leave places to those of others", async () => {
  const held = holdPages();
  await withLab({ readOrder: held.readOrder, places: 8, hostConcurrency: 2 }, async (lab) => {
    for (let count = 0; count < 40; count += 1) await lab.submit({ host: "slow" });
    const other = await lab.submit({ host: "quick" });
    await waitUntil(() => held.waiting.length === 3, PATIENCE_MS);
    const hosts = held.waiting.map(({ work }) => work.jobId);
    assert.ok(hosts.includes(other));
    held.readAll();
  });
});

test("a job that is cancelled while it runs is aborted at once, and its result dropped", async () => {
  const held = holdPages();
  await withLab({ readOrder: held.readOrder }, async (lab) => {
    const id = await lab.submit();
    await waitUntil(() => held.waiting.length === 1, PATIENCE_MS);
    const [running] = held.waiting;
    assert.equal(await lab.jobs.cancel({ key: LAB_KEY, jobId: id }), "cancelled");
    assert.equal(running?.work.signal.aborted, true);
    running?.read();
    await waitUntil(() => lab.worker.running === 0, PATIENCE_MS);
    assert.equal((await lab.untilFinal(id)).status, "cancelled");
    assert.equal((await lab.store.jobs.listEvents(id, 0)).length, 3);
  });
});

test("what runs at the stop goes back to the queue, is no death, and is done by the next worker", async () => {
  const held = holdPages();
  await withLab({ readOrder: held.readOrder, maxAttempts: 1 }, async (lab) => {
    const id = await lab.submit();
    await waitUntil(() => held.waiting.length === 1, PATIENCE_MS);
    await lab.worker.stop();
    const job = await lab.store.jobs.find({ id, account: "default" });
    assert.equal(job?.status, "queued");
    const next = lab.createWorker({ readOrder: async () => RESULT, maxAttempts: 1 });
    await next.start();
    assert.equal((await lab.untilFinal(id)).status, "completed");
    await next.stop();
  });
});

test("drain lets what runs end, and claims nothing more", async () => {
  const held = holdPages();
  await withLab({ readOrder: held.readOrder, places: 2 }, async (lab) => {
    const first = await lab.submit({ host: "a" });
    const second = await lab.submit({ host: "b" });
    await waitUntil(() => held.waiting.length === 1, PATIENCE_MS);
    const drained = lab.worker.drain();
    held.readAll();
    await drained;
    assert.equal((await lab.untilFinal(first)).status, "completed");
    const left = await lab.store.jobs.find({ id: second, account: "default" });
    assert.equal(left?.status, "queued");
  });
});

test("a worker that slept through its lease changes nothing any more, and its jobs are done once", async () => {
  let asleepMs = 0;
  const held = holdPages();
  const steadyNow = () => Math.floor(performance.now()) + asleepMs;
  await withLab({ readOrder: held.readOrder, steadyNow, leaseMs: 500 }, async (lab) => {
    const id = await lab.submit();
    await waitUntil(() => held.waiting.length === 1, PATIENCE_MS);
    const [sleeper] = held.waiting;
    asleepMs = 60_000;
    await waitUntil(() => held.waiting.some((page) => page !== sleeper), PATIENCE_MS);
    assert.equal(sleeper?.work.signal.aborted, true);
    held.readAll();
    assert.equal((await lab.untilFinal(id)).status, "completed");
    const totals = await lab.store.usage.listDays({
      account: "default",
      from: new Date(0),
      to: new Date(),
    });
    assert.equal(totals[0]?.tokens, 1);
  });
});

test("a job on which a worker died the last time that it may is given up as poison", async () => {
  let asleepMs = 0;
  const steadyNow = () => Math.floor(performance.now()) + asleepMs;
  await withLab({ isStarted: false, maxAttempts: 1, steadyNow }, async (lab) => {
    const id = await lab.submit();
    await lab.store.work.enlist("dead", 60_000);
    assert.equal((await lab.store.work.claim("dead", [id])).length, 1);
    asleepMs = 60_000;
    await lab.worker.start();
    const job = await lab.untilFinal(id);
    assert.equal(job.status, "failed");
    assert.equal(job.error?.code, "WORK_CONCURRENCY_LEASE_EXPIRED");
    assert.equal(job.tokensCharged, 0);
  });
});
