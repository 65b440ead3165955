import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { mapLimit } from "./map-limit.ts";

const never = new AbortController().signal;

test("results come in the order of the items, at most so many at once", async () => {
  let running = 0;
  let most = 0;
  const results = await mapLimit(
    [5, 1, 4, 2],
    { limit: 2, signal: never },
    async (turns, index) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < turns; turn += 1) await setImmediate();
      running -= 1;
      return `${index}:${turns}`;
    },
  );
  assert.deepEqual(results, ["0:5", "1:1", "2:4", "3:2"]);
  assert.equal(most, 2);
});

test("the first failure is thrown after what runs has ended, and nothing more is begun", async () => {
  const ended: number[] = [];
  const work = mapLimit([1, 2, 3, 4], { limit: 2, signal: never }, async (item) => {
    if (item === 1) throw new Error("first");
    await setImmediate();
    ended.push(item);
  });
  await assert.rejects(work, { message: "first" });
  assert.deepEqual(ended, [2]);
});

test("an abort begins nothing more", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  const work = mapLimit([1, 2, 3], { limit: 1, signal: stop.signal }, async (item) => {
    begun.push(item);
    stop.abort(new Error("stopped"));
  });
  await assert.rejects(work, { message: "stopped" });
  assert.deepEqual(begun, [1]);
});
