import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type OpenForTest, shareStore } from "./opened-store.ts";
import {
  cancelled,
  claimed,
  completed,
  ended,
  failed,
  MONTH_START,
  recordedJob,
  submitted,
} from "./sample-jobs.ts";

const DAY_MS = 86_400_000;
const dayOfMarch = (day: number) => new Date(Date.UTC(2026, 2, day));

export function describeUsage(open: OpenForTest): void {
  describe("daily totals", () => {
    const opened = shareStore(open);

    test("are the sum of the ends of each day, all keys of the account together", async () => {
      const { store } = opened();
      const account = "summed";
      const [begin, end] = [dayOfMarch(2), new Date(dayOfMarch(3).getTime() - 1)];
      await ended(store, completed({ completedAt: begin, durationMs: 10 }), { account });
      await ended(store, completed({ completedAt: end, durationMs: 20 }), { account, keyId: "k" });
      await ended(store, failed({ completedAt: end, durationMs: 30 }), { account, keyId: "k" });
      await ended(store, failed({ completedAt: end, durationMs: null }), { account });
      const late = completed({ completedAt: dayOfMarch(3), durationMs: 40, data: null });
      await store.jobs.record(recordedJob({ account }, late));
      await ended(store, completed(), { account: "another" });
      assert.deepEqual(await store.usage.listDays({ account, from: begin, to: dayOfMarch(9) }), [
        { day: dayOfMarch(2), completed: 2, failed: 2, tokens: 2, durationMs: 60 },
        { day: dayOfMarch(3), completed: 1, failed: 0, tokens: 1, durationMs: 40 },
      ]);
    });

    test("don't count what was cancelled, queued, at work or synchronous", async () => {
      const { store } = opened();
      const account = "uncounted";
      const queued = await submitted(store, { account });
      await submitted(store, { account });
      const running = await submitted(store, { account });
      await store.work.enlist("w", 10_000);
      await claimed(store, "w", running.id);
      await store.jobs.cancel(queued, cancelled());
      await store.jobs.cancel(running, cancelled());
      await store.jobs.record(recordedJob({ account }, cancelled()));
      const query = { account, from: new Date(0), to: dayOfMarch(31) };
      assert.deepEqual(await store.usage.listDays(query), []);
    });

    test("are given from the first to the last day, both inclusive, in order", async () => {
      const { store } = opened();
      const account = "window";
      for (const day of [5, 1, 4, 2, 3]) {
        const completedAt = new Date(dayOfMarch(day).getTime() + DAY_MS / 2);
        await ended(store, completed({ completedAt }), { account });
      }
      const query = { account, from: dayOfMarch(2), to: dayOfMarch(4) };
      const days = await store.usage.listDays(query);
      assert.deepEqual(
        days.map(({ day }) => day.getUTCDate()),
        [2, 3, 4],
      );
    });

    test("of work at once lose nothing", async () => {
      const { store } = opened();
      const facts = { account: "busy", keyId: "busy" };
      const wishes = Array.from({ length: 30 }, (_, n) =>
        ended(store, n % 3 === 0 ? failed() : completed(), facts),
      );
      await Promise.all(wishes);
      const [day] = await store.usage.listDays({
        account: "busy",
        from: MONTH_START,
        to: dayOfMarch(31),
      });
      assert.deepEqual([day?.completed, day?.failed, day?.tokens], [20, 10, 20]);
    });
  });

  describe("the state of a budget", () => {
    const opened = shareStore(open);

    test("is what a key was charged since that day, and what its open jobs reserve", async () => {
      const { store } = opened();
      const keyId = "spender";
      const query = { keyId, since: dayOfMarch(1) };
      assert.deepEqual(await store.usage.readBudget(query), { charged: 0, reserved: 0 });
      const before = completed({ completedAt: new Date(dayOfMarch(1).getTime() - 1) });
      await ended(store, before, { keyId });
      await ended(store, completed({ completedAt: dayOfMarch(1) }), { keyId });
      await ended(store, failed(), { keyId });
      await ended(store, completed(), { keyId: "another" });
      await submitted(store, { keyId });
      const running = await submitted(store, { keyId });
      await store.work.enlist("w", 10_000);
      const claim = await claimed(store, "w", running.id);
      assert.deepEqual(await store.usage.readBudget(query), { charged: 1, reserved: 2 });
      await store.work.finish(claim, completed());
      assert.deepEqual(await store.usage.readBudget(query), { charged: 2, reserved: 1 });
    });
  });
}
