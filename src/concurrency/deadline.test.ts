import assert from "node:assert/strict";
import { test } from "node:test";
import { startDeadline } from "./deadline.ts";
import { sleep } from "./sleep.ts";

test("a deadline aborts when its time is over", async () => {
  const deadline = startDeadline({ timeoutMs: 10, signal: new AbortController().signal });
  assert.ok(deadline.leftMs() > 0 && !deadline.isOver);
  await assert.rejects(sleep(60_000, deadline.signal), { name: "TimeoutError" });
  assert.ok(deadline.isOver);
  assert.equal(deadline.leftMs(), 0);
});

test("an abort from outside is not a deadline that is over", async () => {
  const cancel = new AbortController();
  const deadline = startDeadline({ timeoutMs: 5, signal: cancel.signal });
  cancel.abort(new Error("cancelled"));
  await assert.rejects(sleep(60_000, deadline.signal), { message: "cancelled" });
  await sleep(20, new AbortController().signal);
  assert.ok(!deadline.isOver);
});

test("a deadline that was stopped never aborts", async () => {
  const deadline = startDeadline({ timeoutMs: 5, signal: new AbortController().signal });
  deadline.stop();
  await sleep(20, deadline.signal);
  assert.ok(!deadline.isOver);
});
