import assert from "node:assert/strict";
import { test } from "node:test";
import { addText, createMeasure, hashWords } from "./measure-text.ts";

function measure(text: string) {
  const result = createMeasure();
  addText(result, text);
  return result;
}

const CASES: readonly (readonly [text: string, expected: Partial<ReturnType<typeof measure>>])[] = [
  ["", { words: 0, length: 0, sentences: 0 }],
  ["One, two; three. Four!", { words: 4, length: 15, sentences: 2, commas: 2 }],
  ["It's 3.5 at example.com", { words: 6, sentences: 0, digits: 2 }],
  ["今天下雨，我们不去。", { words: 8, length: 24, sentences: 1, commas: 1 }],
  ["Кот спит. Да?", { words: 3, length: 9, sentences: 2 }],
  ["• – | »", { words: 0, length: 0 }],
  ["don’t naïve co\u00adop", { words: 3 }],
  ["한국어 문장", { words: 2 }],
];

for (const [text, expected] of CASES) {
  test(`measure: ${JSON.stringify(text)}`, () => {
    assert.partialDeepStrictEqual(measure(text), expected);
  });
}

test("texts that say the same have the same hash, whatever stands between their letters", () => {
  assert.equal(measure("Read  more »").hash, measure("READ MORE").hash);
  assert.notEqual(measure("Read more").hash, measure("Read less").hash);
});

test("words are the same in any case, and characters of scripts without spaces are words", () => {
  assert.deepEqual(hashWords("A Title, a title"), hashWords("title a"));
  assert.equal(hashWords("天気").size, 2);
});
