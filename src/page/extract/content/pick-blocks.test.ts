import assert from "node:assert/strict";
import { test } from "node:test";
import { pickBlocks } from "./pick-blocks.ts";

const pick = (likelihood: number[], words: number[]) => [
  ...pickBlocks(Float64Array.from(likelihood), Int32Array.from(words)),
];

test("what is likely is picked, what is unlikely is not", () => {
  assert.deepEqual(pick([0.95, 0.02, 0.9, 0.05], [50, 50, 80, 10]), [1, 0, 1, 0]);
});

test("the best of a page without anything likely is picked all the same", () => {
  assert.deepEqual(pick([0.2, 0.1, 0.02], [10, 10, 500]), [1, 0, 0]);
});

test("many doubtful words are not taken along for a few more", () => {
  assert.deepEqual(pick([0.9, 0.1, 0.1, 0.1], [100, 300, 300, 300]), [1, 0, 0, 0]);
});

test("nothing is picked where there is nothing", () => {
  assert.deepEqual(pick([], []), []);
});

test("a page of one block without words is that block", () => {
  assert.deepEqual(pick([0.5], [0]), [1]);
});
