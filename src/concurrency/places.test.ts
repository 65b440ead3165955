import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlaces } from "./places.ts";

const patient = { signal: new AbortController().signal, maxWaitMs: Number.POSITIVE_INFINITY };

test("places are given in the order of asking", async () => {
  const places = createPlaces({ limit: 1, maxWaiting: 10 });
  const first = await places.acquire(patient);
  const served: number[] = [];
  const others = [1, 2, 3].map(async (number) => {
    const place = await places.acquire(patient);
    served.push(number);
    place?.release();
  });
  assert.equal(places.waiting, 3);
  first?.release();
  await Promise.all(others);
  assert.deepEqual(served, [1, 2, 3]);
  assert.equal(places.inUse, 0);
});

test("a place that is given back twice is one place", async () => {
  const places = createPlaces({ limit: 1, maxWaiting: 0 });
  const place = await places.acquire(patient);
  place?.release();
  place?.release();
  assert.ok(await places.acquire(patient));
  assert.equal(await places.acquire(patient), null);
  assert.equal(places.inUse, 1);
});

test("who cannot wait, or finds the line full, gets none at once", async () => {
  const places = createPlaces({ limit: 1, maxWaiting: 1 });
  const first = await places.acquire(patient);
  assert.equal(await places.acquire({ ...patient, maxWaitMs: 0 }), null);
  const waiting = places.acquire(patient);
  assert.equal(await places.acquire(patient), null);
  first?.release();
  assert.ok(await waiting);
});

test("a wait ends with its time", async () => {
  const places = createPlaces({ limit: 1, maxWaiting: 1 });
  await places.acquire(patient);
  assert.equal(await places.acquire({ ...patient, maxWaitMs: 5 }), null);
  assert.equal(places.waiting, 0);
});

test("a wait ends with its signal, and the place goes to the next", async () => {
  const places = createPlaces({ limit: 1, maxWaiting: 2 });
  const first = await places.acquire(patient);
  const hangUp = new AbortController();
  const gone = places.acquire({ ...patient, signal: hangUp.signal });
  const next = places.acquire(patient);
  hangUp.abort(new Error("hung up"));
  await assert.rejects(gone, { message: "hung up" });
  await assert.rejects(places.acquire({ ...patient, signal: hangUp.signal }), {
    message: "hung up",
  });
  first?.release();
  assert.ok(await next);
  assert.equal(places.inUse, 1);
});
