import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createHostGate } from "./host-gate.ts";

const patient = new AbortController().signal;

test("a host has so many turns at once, and others do not wait for it", async () => {
  const gate = createHostGate({ hostConcurrency: 2, hostDelayMs: 0 });
  const turns = [await gate.waitForTurn("a", patient), await gate.waitForTurn("a", patient)];
  const third = gate.waitForTurn("a", patient);
  assert.equal(await Promise.race([third, pause(20, "waits")]), "waits");
  const other = await gate.waitForTurn("b", patient);
  assert.equal(other.host, "b");
  turns[0]?.release();
  assert.equal((await third).host, "a");
});

test("turns are given in the order of asking", async () => {
  const gate = createHostGate({ hostConcurrency: 1, hostDelayMs: 0 });
  const first = await gate.waitForTurn("a", patient);
  const served: number[] = [];
  const waiting = [1, 2, 3].map(async (number) => {
    const turn = await gate.waitForTurn("a", patient);
    served.push(number);
    turn.release();
  });
  first.release();
  await Promise.all(waiting);
  assert.deepEqual(served, [1, 2, 3]);
});

test("a turn that is released twice counts once", async () => {
  const gate = createHostGate({ hostConcurrency: 1, hostDelayMs: 0 });
  const first = await gate.waitForTurn("a", patient);
  first.release();
  const second = await gate.waitForTurn("a", patient);
  first.release();
  const third = gate.waitForTurn("a", patient);
  assert.equal(await Promise.race([third, pause(20, "waits")]), "waits");
  second.release();
  await third;
});

test("starts at one host are apart by the delay", async () => {
  const gate = createHostGate({ hostConcurrency: 3, hostDelayMs: 40 });
  const starts: number[] = [];
  await Promise.all(
    [1, 2, 3].map(async () => {
      const turn = await gate.waitForTurn("a", patient);
      starts.push(performance.now());
      turn.release();
    }),
  );
  const [first = 0, second = 0, third = 0] = starts;
  // A busy machine may wake late for one and in time for the next.
  assert.ok(second > first && third - first >= 60, starts.join());
});

test("who gives up leaves the line, and takes nobody's time", async () => {
  const gate = createHostGate({ hostConcurrency: 2, hostDelayMs: 60 });
  (await gate.waitForTurn("a", patient)).release();
  const cancel = new AbortController();
  const before = performance.now();
  const impatient = gate.waitForTurn("a", cancel.signal);
  const next = gate.waitForTurn("a", patient);
  cancel.abort(new Error("cancelled"));
  await assert.rejects(impatient, { message: "cancelled" });
  assert.ok(performance.now() - before < 55);
  (await next).release();
  assert.ok(performance.now() - before < 1000);
});

test("hosts that nobody asks are forgotten", async () => {
  const gate = createHostGate({ hostConcurrency: 1, hostDelayMs: 30 });
  const turn = await gate.waitForTurn("a", patient);
  await assert.rejects(gate.waitForTurn("a", AbortSignal.timeout(5)));
  turn.release();
  (await gate.waitForTurn("b", patient)).release();
  assert.equal(gate.size, 2);
  await pause(80);
  assert.equal(gate.size, 0);
});
