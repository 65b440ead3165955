import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "./assert-linear.ts";

/** Steps that no compiler can leave out. */
function walk(steps: number): number {
  let sum = 0;
  for (let step = 0; step < steps; step++) sum = (sum + step * 31) % 1_000_003;
  return sum;
}

test("work that rises with its input is linear", () => {
  assertLinear((size) => void walk(size * 1000), { size: 8000 });
});

test("work that rises with the square of its input is not", () => {
  assert.throws(() => assertLinear((size) => void walk(size * size), { size: 6000 }), {
    message: /with 4 times the input$/,
  });
});
