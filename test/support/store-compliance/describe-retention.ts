import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SweepOrder } from "../../../src/store/retention-store.ts";
import { type OpenForTest, withStore } from "./opened-store.ts";
import {
  claimed,
  completed,
  ENDED_AT,
  EXPIRES_AT,
  ended,
  everythingOf,
  failed,
  newJob,
  recordedJob,
  submitted,
} from "./sample-jobs.ts";

const DAY_MS = 86_400_000;
const daysAfter = (moment: Date, days: number) => new Date(moment.getTime() + days * DAY_MS);

export function describeRetention(open: OpenForTest): void {
  describe("a sweep", () => {
    describeWhatGoes(open);

    test("takes at most its limit of each kind, until there is nothing", async () => {
      await withStore(open, async (store) => {
        const made = await Promise.all(
          Array.from({ length: 5 }, (_, n) => {
            const idempotency = { key: `k${n}`, bodyHash: "b", since: new Date(0) };
            return ended(store, completed(), { account: "a", idempotency });
          }),
        );
        const everything = { ...sweepAt(daysAfter(ENDED_AT, 500)), limit: 2 };
        const steps: number[] = [];
        for (let left = -1; left !== 0; steps.push(left)) {
          left = await store.retention.sweep(everything);
        }
        // Of results, jobs, idempotency keys and totals.
        assert.deepEqual(steps, [2 + 2 + 2 + 2, 2 + 2 + 2 + 2, 1 + 1 + 1 + 1, 0]);
        assert.deepEqual(
          await Promise.all(made.map((job) => store.jobs.find(job))),
          Array(5).fill(null),
        );
      });
    });

    test("of an empty store takes nothing", async () => {
      await withStore(open, async (store) => {
        assert.equal(await store.retention.sweep(sweepAt(daysAfter(ENDED_AT, 500))), 0);
      });
    });
  });
}

function describeWhatGoes(open: OpenForTest): void {
  test("takes results that are over, and leaves the rows", async () => {
    await withStore(open, async (store) => {
      const [done, broken] = [await ended(store, completed()), await ended(store, failed())];
      const fresh = await ended(store, completed({ resultExpiresAt: daysAfter(EXPIRES_AT, 1) }));
      const sync = recordedJob({}, completed({ data: null }));
      await store.jobs.record(sync);
      const before = await Promise.all([done, broken, sync].map((job) => store.jobs.find(job)));
      assert.equal(await store.retention.sweep(sweepAt(new Date(EXPIRES_AT.getTime() - 1))), 0);
      assert.equal(await store.retention.sweep(sweepAt(EXPIRES_AT)), 3);
      for (const { id } of [done, broken, sync])
        assert.equal(await store.jobs.findResult(id), null);
      assert.notEqual(await store.jobs.findResult(fresh.id), null);
      const after = await Promise.all([done, broken, sync].map((job) => store.jobs.find(job)));
      assert.deepEqual(after, before);
    });
  });

  test("takes the rows of jobs that ended long ago, with their events and results, and leaves the totals", async () => {
    await withStore(open, async (store) => {
      const forever = completed({ resultExpiresAt: daysAfter(ENDED_AT, 1000) });
      const job = await ended(store, forever, { account: "a" });
      const recent = completed({ ...forever, completedAt: daysAfter(ENDED_AT, 1) });
      const newer = await ended(store, recent, { account: "a" });
      const order = { ...sweepAt(daysAfter(ENDED_AT, 40)), jobsBefore: daysAfter(ENDED_AT, 1) };
      assert.equal(await store.retention.sweep(order), 1);
      assert.equal(await store.jobs.find(job), null);
      assert.equal(await store.jobs.findResult(job.id), null);
      assert.deepEqual(await store.jobs.listEvents(job.id, 0), []);
      const { jobs } = await store.jobs.list(everythingOf("a"));
      assert.deepEqual(
        jobs.map(({ id }) => id),
        [newer.id],
      );
      const totals = await store.usage.listDays({ account: "a", from: new Date(0), to: order.now });
      assert.equal(totals.length, 2);
      assert.deepEqual(await store.check(), []);
    });
  });

  test("leaves open jobs alone, however old they are", async () => {
    await withStore(open, async (store) => {
      const [queued, running] = [await submitted(store), await submitted(store)];
      await store.work.enlist("w", 10_000);
      const claim = await claimed(store, "w", running.id);
      assert.equal(await store.retention.sweep(sweepAt(daysAfter(ENDED_AT, 1000))), 0);
      assert.equal((await store.jobs.find(queued))?.status, "queued");
      assert.equal(await store.work.finish(claim, completed()), true);
    });
  });

  test("takes idempotency keys of their age, and only those", async () => {
    await withStore(open, async (store) => {
      const idempotency = { key: "once", bodyHash: "b", since: new Date(0) };
      const early = await submitted(store, { idempotency });
      const late = await submitted(store, {
        idempotency,
        createdAt: daysAfter(early.createdAt, 1),
      });
      const order = { ...sweepAt(late.createdAt), idempotencyBefore: late.createdAt };
      assert.equal(await store.retention.sweep(order), 1);
      const again = (account: string) => store.jobs.submit(newJob({ account, idempotency }));
      assert.equal((await again(early.account)).outcome, "accepted");
      assert.equal((await again(late.account)).outcome, "repeated");
    });
  });

  test("takes daily totals of their age, and only those", async () => {
    await withStore(open, async (store) => {
      const facts = { account: "a" };
      for (const days of [0, 1, 2]) {
        await ended(store, completed({ completedAt: daysAfter(ENDED_AT, days) }), facts);
      }
      const midnight = new Date(Date.UTC(2026, 2, 5));
      await store.retention.sweep({ ...sweepAt(ENDED_AT), totalsBefore: midnight });
      const query = { ...facts, from: new Date(0), to: daysAfter(ENDED_AT, 9) };
      const days = await store.usage.listDays(query);
      assert.deepEqual(
        days.map(({ day }) => day.getUTCDate()),
        [5, 6],
      );
    });
  });
}

/** As long as the program keeps things. */
function sweepAt(now: Date): SweepOrder {
  return {
    now,
    jobsBefore: daysAfter(now, -30),
    idempotencyBefore: daysAfter(now, -1),
    totalsBefore: daysAfter(now, -400),
    limit: 1000,
  };
}
