import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "../../test/support/wait-until.ts";
import { holdPages, LAB_KEY, orderOf, withWorkerLab } from "../../test/support/worker-lab.ts";
import type { JobView } from "./jobs.ts";

const PATIENCE_MS = 10_000;

test("waiting ends as soon as the job is final", async () => {
  const held = holdPages();
  await withWorkerLab({ readOrder: held.readOrder }, async ({ jobs, submit }) => {
    const jobId = await submit();
    const signal = new AbortController().signal;
    const waiting = jobs.wait({ key: LAB_KEY, jobId, waitMs: 60_000, signal });
    await waitUntil(() => held.waiting.length === 1, PATIENCE_MS);
    held.readAll();
    assert.equal((await waiting).job.status, "completed");
  });
});

test("waiting ends with the present state when its time is over, or nobody waits any more", async () => {
  await withWorkerLab({ isStarted: false }, async ({ jobs, submit }) => {
    const jobId = await submit();
    const signal = new AbortController().signal;
    const short = await jobs.wait({ key: LAB_KEY, jobId, waitMs: 10, signal });
    assert.equal(short.job.status, "queued");
    const gone = new AbortController();
    const waiting = jobs.wait({ key: LAB_KEY, jobId, waitMs: 60_000, signal: gone.signal });
    gone.abort();
    assert.equal((await waiting).job.status, "queued");
  });
});

test("whoever watches sees each state once, in order, and the end", async () => {
  const held = holdPages();
  await withWorkerLab({ readOrder: held.readOrder, isStarted: false }, async (lab) => {
    const jobId = await lab.submit();
    const seen: JobView[] = [];
    const signal = new AbortController().signal;
    const watching = (async () => {
      for await (const view of lab.jobs.watch({
        key: LAB_KEY,
        jobId,
        afterVersion: null,
        signal,
      })) {
        seen.push(view);
      }
    })();
    await waitUntil(() => seen.length === 1, PATIENCE_MS);
    await lab.worker.start();
    await waitUntil(() => seen.length === 2, PATIENCE_MS);
    held.readAll();
    await watching;
    assert.deepEqual(
      seen.map(({ job }) => [job.version, job.status]),
      [
        [1, "queued"],
        [2, "processing"],
        [3, "completed"],
      ],
    );
    assert.equal(seen.at(-1)?.result?.data?.markdown, "# Read");
  });
});

test("whoever lost the line goes on after the last event that came, and of an ended job sees the end alone", async () => {
  await withWorkerLab({ isStarted: false }, async (lab) => {
    const jobId = await lab.submit();
    await lab.store.work.enlist("other", 60_000);
    await lab.store.work.claim("other", [jobId]);
    await lab.store.work.leave("other");
    const controller = new AbortController();
    const missed: number[] = [];
    const watch = { key: LAB_KEY, jobId, signal: controller.signal };
    for await (const { job } of lab.jobs.watch({ ...watch, afterVersion: 1 })) {
      missed.push(job.version);
      if (missed.length === 2) controller.abort();
    }
    assert.deepEqual(missed, [2, 3]);
    await lab.jobs.cancel({ key: LAB_KEY, jobId });
    const signal = new AbortController().signal;
    const after = async (afterVersion: number | null): Promise<number[]> => {
      const versions: number[] = [];
      for await (const { job } of lab.jobs.watch({ key: LAB_KEY, jobId, afterVersion, signal })) {
        versions.push(job.version);
      }
      return versions;
    };
    assert.deepEqual(await after(1), [4]);
    assert.deepEqual(await after(null), [4]);
    assert.deepEqual(await after(4), []);
  });
});

test("a job of another account is told of like one that does not exist", async () => {
  await withWorkerLab({}, async ({ jobs, submit }) => {
    const jobId = await submit();
    const stranger = { ...LAB_KEY, account: "stranger" };
    for (const call of [jobs.get, jobs.cancel, jobs.purge]) {
      await assert.rejects(call({ key: stranger, jobId }), {
        code: "NOT_FOUND",
        message: `There is no job ${jobId}.`,
      });
    }
  });
});

test("an ended job can't be cancelled, an open one can't be purged", async () => {
  await withWorkerLab({ isStarted: false }, async ({ jobs, submit }) => {
    const jobId = await submit();
    await assert.rejects(jobs.purge({ key: LAB_KEY, jobId }), { code: "NOT_CANCELLABLE" });
    assert.equal(await jobs.cancel({ key: LAB_KEY, jobId }), "cancelled");
    await assert.rejects(jobs.cancel({ key: LAB_KEY, jobId }), { code: "NOT_CANCELLABLE" });
    assert.equal(await jobs.purge({ key: LAB_KEY, jobId }), "cancelled");
    await assert.rejects(jobs.get({ key: LAB_KEY, jobId }), {
      code: "NOT_FOUND",
      message: /is gone since/,
    });
  });
});

test("the queue takes as many open jobs as it may, however many come at once", async () => {
  await withWorkerLab({ isStarted: false, queueLimit: 5 }, async ({ jobs, submit, store }) => {
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => submit()));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    assert.equal(refused.length, 7);
    assert.equal(await store.jobs.countOpen(), 5);
    const taken = outcomes.find(({ status }) => status === "fulfilled");
    assert.ok(taken?.status === "fulfilled");
    await jobs.cancel({ key: LAB_KEY, jobId: taken.value });
    await submit();
    await assert.rejects(submit(), { code: "QUEUE_FULL" });
  });
});

test("a key with a budget gets no more tokens than that, also from many calls at once", async () => {
  const key = { ...LAB_KEY, monthlyBudget: 3 };
  await withWorkerLab({}, async ({ submit, untilFinal, store }) => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => submit({ key })));
    const taken = outcomes.flatMap((outcome) =>
      outcome.status === "fulfilled" ? [outcome.value] : [],
    );
    assert.equal(taken.length, 3);
    await Promise.all(taken.map(untilFinal));
    await assert.rejects(submit({ key }), { code: "PAYMENT_REQUIRED" });
    const { charged, reserved } = await store.usage.readBudget({
      keyId: key.id,
      since: new Date(0),
    });
    assert.deepEqual([charged, reserved], [3, 0]);
  });
});

test("the same Idempotency-Key and request give the same job, another request is refused", async () => {
  await withWorkerLab({ isStarted: false }, async ({ jobs, submit }) => {
    const first = await submit({ idempotencyKey: "once" });
    await assert.rejects(submit({ idempotencyKey: "once" }), {
      code: "IDEMPOTENCY_KEY_REUSED",
      message: new RegExp(first),
    });
    const call = { key: LAB_KEY, requestId: "r", idempotencyKey: "twice" };
    const order = orderOf("http://page.test/same");
    const ids = await Promise.all(Array.from({ length: 5 }, () => jobs.submit({ ...call, order })));
    assert.equal(new Set(ids.map(({ jobId }) => jobId)).size, 1);
  });
});
