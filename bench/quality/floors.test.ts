import assert from "node:assert/strict";
import { test } from "node:test";
import { findFallen, raised } from "./floors.ts";

const FLOORS = { "news.word": 0.9, "news.word.article": 0.95, "docs.word": 0.8 };

test("a figure below its floor has fallen, one within the tolerance has not", () => {
  const figures = { "news.word": 0.8996, "news.word.article": 0.9494, "docs.word": 0.9 };
  assert.deepEqual(findFallen(FLOORS, figures, undefined), [
    { name: "news.word.article", floor: 0.95, value: 0.9494 },
  ]);
});

test("a figure that was not measured has fallen, unless its set was not asked for", () => {
  const figures = { "news.word": 0.9, "news.word.article": 0.95 };
  assert.deepEqual(findFallen(FLOORS, figures, undefined), [
    { name: "docs.word", floor: 0.8, value: null },
  ]);
  assert.deepEqual(findFallen(FLOORS, figures, ["news"]), []);
});

test("floors rise with what was measured, rounded down, and never fall", () => {
  const figures = { "news.word": 0.91239, "docs.word": 0.7, "new.word": 0.5 };
  assert.deepEqual(raised(FLOORS, figures), {
    "docs.word": 0.8,
    "new.word": 0.5,
    "news.word": 0.9123,
    "news.word.article": 0.95,
  });
});
