import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSpread, quantile, spreadOf } from "./spread.ts";

test("quantiles lie between the nearest values, whatever the order", () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([5], 0.99), 5);
  assert.equal(quantile([0, 10], 0.25), 2.5);
});

test("a spread is written as median and ends, or as one value where there is only one", () => {
  assert.equal(formatSpread(spreadOf([3, 1, 2]), 1), "2.0 (1.0–3.0)");
  assert.equal(formatSpread(spreadOf([2]), 0), "2");
});
