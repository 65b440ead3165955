import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { settlesWithin } from "../../test/support/settles-within.ts";
import { createHostGate, type HostLimits } from "./host-gate.ts";

const patient = new AbortController().signal;

/** A gate whose time passes when told. */
function openGate(t: TestContext, limits: HostLimits) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let time = 0;
  const pass = (ms: number) => {
    time += ms;
    t.mock.timers.tick(ms);
  };
  return { gate: createHostGate({ ...limits, now: () => time }), pass };
}

test("a host has so many turns at once, and others do not wait for it", async (t) => {
  const { gate } = openGate(t, { hostConcurrency: 2, hostDelayMs: 0 });
  const turns = [await gate.waitForTurn("a", patient), await gate.waitForTurn("a", patient)];
  const third = gate.waitForTurn("a", patient);
  assert.equal(await settlesWithin(third), false);
  const other = await gate.waitForTurn("b", patient);
  assert.equal(other.host, "b");
  turns[0]?.release();
  assert.equal((await third).host, "a");
});

test("turns are given in the order of asking", async (t) => {
  const { gate } = openGate(t, { hostConcurrency: 1, hostDelayMs: 0 });
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

test("a turn that is released twice counts once", async (t) => {
  const { gate } = openGate(t, { hostConcurrency: 1, hostDelayMs: 0 });
  const first = await gate.waitForTurn("a", patient);
  first.release();
  const second = await gate.waitForTurn("a", patient);
  first.release();
  const third = gate.waitForTurn("a", patient);
  assert.equal(await settlesWithin(third), false);
  second.release();
  await third;
});

test("starts at one host are apart by the delay, and no more", async (t) => {
  const { gate, pass } = openGate(t, { hostConcurrency: 3, hostDelayMs: 1000 });
  await gate.waitForTurn("a", patient);
  for (let start = 2; start <= 3; start += 1) {
    const next = gate.waitForTurn("a", patient);
    assert.equal(await settlesWithin(next), false);
    pass(999);
    assert.equal(await settlesWithin(next), false);
    pass(1);
    await next;
  }
});

test("who gives up leaves the line, and takes nobody's time", async (t) => {
  const { gate, pass } = openGate(t, { hostConcurrency: 2, hostDelayMs: 1000 });
  (await gate.waitForTurn("a", patient)).release();
  const cancel = new AbortController();
  const impatient = gate.waitForTurn("a", cancel.signal);
  const next = gate.waitForTurn("a", patient);
  cancel.abort(new Error("cancelled"));
  await assert.rejects(impatient, { message: "cancelled" });
  assert.equal(await settlesWithin(next), false);
  pass(1000);
  (await next).release();
});

test("hosts that nobody asks are forgotten", async (t) => {
  const { gate, pass } = openGate(t, { hostConcurrency: 1, hostDelayMs: 1000 });
  const turn = await gate.waitForTurn("a", patient);
  const cancel = new AbortController();
  const gone = gate.waitForTurn("a", cancel.signal);
  cancel.abort();
  await assert.rejects(gone);
  turn.release();
  (await gate.waitForTurn("b", patient)).release();
  assert.equal(gate.size, 2);
  pass(1000);
  assert.equal(gate.size, 0);
});

test("a host at its limit is full until a turn comes back, and asking takes none", async (t) => {
  const { gate } = openGate(t, { hostConcurrency: 2, hostDelayMs: 0 });
  assert.ok(gate.hasTurn("a"));
  assert.equal(gate.size, 0);
  const turn = await gate.waitForTurn("a", patient);
  assert.ok(gate.hasTurn("a"));
  await gate.waitForTurn("a", patient);
  await gate.waitForTurn("b", patient);
  assert.deepEqual(gate.fullHosts(), ["a"]);
  assert.ok(!gate.hasTurn("a") && gate.hasTurn("b"));
  const next = gate.waitForTurn("a", patient);
  turn.release();
  assert.ok(!gate.hasTurn("a"), "the one who waited has it");
  (await next).release();
  assert.ok(gate.hasTurn("a"));
  assert.deepEqual(gate.fullHosts(), []);
});

test("a host in its delay is full until the delay is over and nobody waits for it", async (t) => {
  const { gate, pass } = openGate(t, { hostConcurrency: 3, hostDelayMs: 1000 });
  (await gate.waitForTurn("a", patient)).release();
  assert.deepEqual(gate.fullHosts(), ["a"]);
  const next = gate.waitForTurn("a", patient);
  await settlesWithin(next);
  pass(1000);
  assert.ok(!gate.hasTurn("a"), "the one who waited starts now");
  await next;
  pass(999);
  assert.ok(!gate.hasTurn("a"));
  pass(1);
  assert.ok(gate.hasTurn("a"));
});
