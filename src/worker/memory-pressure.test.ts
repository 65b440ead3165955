import assert from "node:assert/strict";
import { test } from "node:test";
import { shareUnderPressure } from "./memory-pressure.ts";

const limitBytes = 1000;

test("with a quarter of the memory free all places may be filled", () => {
  for (const freeBytes of [250, 600, 1000]) {
    assert.equal(shareUnderPressure({ limitBytes, freeBytes }), 1);
  }
});

test("the less is free, the fewer places are filled, and at last none", () => {
  const shares = [249, 200, 150, 100, 81, 80, 10, 0].map((freeBytes) =>
    shareUnderPressure({ limitBytes, freeBytes }),
  );
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => other - one),
  );
  assert.deepEqual(shares.slice(-3), [0, 0, 0]);
  assert.ok(shares.slice(0, 5).every((share) => share > 0 && share < 1));
});
