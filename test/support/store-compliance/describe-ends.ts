import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { JOB_STATUSES } from "../../../src/contract/job-status.ts";
import { type OpenForTest, shareStore, withStore } from "./opened-store.ts";
import {
  asEnded,
  asQueued,
  CREATED_AT,
  cancelled,
  claimed,
  completed,
  ended,
  failed,
  newJob,
  recordedJob,
  submitted,
} from "./sample-jobs.ts";

const DAY = { from: new Date(0), to: new Date(Date.UTC(2100, 0, 1)) };

export function describeEnds(open: OpenForTest): void {
  describe("the end of a job", () => {
    const opened = shareStore(open);

    test("a queued job is cancelled at once and given to nobody", async () => {
      const { store } = opened();
      const job = await submitted(store);
      const end = cancelled();
      const expected = asEnded(asQueued(job), end);
      assert.deepEqual(await store.jobs.cancel(job, end), expected);
      assert.deepEqual(await store.jobs.find(job), expected);
      await store.work.enlist("late-1", 10_000);
      assert.deepEqual(await store.work.listWaiting(waitingOf(job.keyId)), []);
      assert.deepEqual(await store.work.claim("late-1", [job.id]), []);
      assert.deepEqual(await store.jobs.findResult(job.id), { metadata: end.metadata, data: null });
    });

    test("a job that is worked on is cancelled, and its result, should it come, is dropped", async () => {
      const { store } = opened();
      const job = await submitted(store);
      await store.work.enlist("late-2", 10_000);
      const claim = await claimed(store, "late-2", job.id);
      const cancelledJob = await store.jobs.cancel(job, cancelled());
      assert.equal(cancelledJob?.status, "cancelled");
      assert.equal(cancelledJob.version, 3);
      assert.equal(await store.work.finish(claim, completed()), false);
      assert.deepEqual(await store.jobs.find(job), cancelledJob);
      assert.equal((await store.jobs.findResult(job.id))?.data, null);
      assert.deepEqual(await store.usage.listDays({ account: job.account, ...DAY }), []);
      assert.deepEqual(
        (await store.jobs.listEvents(job.id, 0)).map(({ status }) => status),
        ["queued", "processing", "cancelled"],
      );
    });

    for (const end of [completed(), failed(), cancelled()]) {
      test(`nothing changes a job that is ${end.status}`, async () => {
        const { store } = opened();
        const job = await submitted(store);
        const workerId = `stubborn-${end.status}`;
        await store.work.enlist(workerId, 10_000);
        const claim = await claimed(store, workerId, job.id);
        assert.equal(await store.work.finish(claim, end), true);
        const before = await store.jobs.find(job);
        const result = await store.jobs.findResult(job.id);
        assert.equal(await store.jobs.cancel(job, cancelled()), null);
        for (const other of [completed(), failed(), cancelled()]) {
          assert.equal(await store.work.finish(claim, other), false);
        }
        assert.deepEqual(await store.work.claim(workerId, [job.id]), []);
        assert.deepEqual(await store.work.leave(workerId), []);
        await assert.rejects(store.jobs.submit(job));
        assert.deepEqual(await store.jobs.find(job), before);
        assert.deepEqual(await store.jobs.findResult(job.id), result);
        assert.equal((await store.jobs.listEvents(job.id, 0)).length, 3);
      });
    }

    test("when work ends and is cancelled at once, one of the two happens", async () => {
      const { store } = opened();
      await store.work.enlist("racer", 10_000);
      for (let round = 0; round < 10; round += 1) {
        const job = await submitted(store);
        const claim = await claimed(store, "racer", job.id);
        const race = [
          store.work.finish(claim, completed()),
          store.jobs.cancel(job, cancelled()),
          store.work.finish(claim, failed()),
          store.jobs.cancel(job, cancelled()),
        ];
        const won = (await Promise.all(round % 2 === 0 ? race : race.toReversed())).filter(Boolean);
        assert.equal(won.length, 1);
        assert.equal((await store.jobs.find(job))?.version, 3);
        const [day] = await store.usage.listDays({ account: job.account, ...DAY });
        assert.ok((day?.tokens ?? 0) <= 1);
      }
    });

    test("a clock that went back changes neither the end nor the order of the events", async () => {
      const { store } = opened();
      const anHourBefore = new Date(CREATED_AT.getTime() - 3_600_000);
      const job = await ended(store, completed({ completedAt: anHourBefore }));
      assert.deepEqual((await store.jobs.find(job))?.completedAt, anHourBefore);
      const events = await store.jobs.listEvents(job.id, 0);
      assert.deepEqual(
        events.map(({ version }) => version),
        [1, 2, 3],
      );
    });
  });

  test("open jobs are those that are queued or processing, of all accounts", async () => {
    await withStore(open, async (store) => {
      assert.equal(await store.jobs.countOpen(), 0);
      const all = await Promise.all(JOB_STATUSES.map(() => submitted(store)));
      const [, processing, ...others] = all;
      assert.equal(await store.jobs.countOpen(), JOB_STATUSES.length);
      await store.work.enlist("w", 10_000);
      await claimed(store, "w", processing?.id ?? "");
      for (const job of others) await store.jobs.cancel(job, cancelled());
      await store.jobs.record(recordedJob({}, completed()));
      assert.equal(await store.jobs.countOpen(), 2);
      await assert.rejects(store.jobs.submit({ ...newJob(), id: processing?.id ?? "" }));
      assert.equal(await store.jobs.countOpen(), 2);
    });
  });
}

function waitingOf(keyId: string) {
  return { keyId, fullHosts: [], limit: 10 };
}
