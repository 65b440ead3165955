import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../../test/support/assert-linear.ts";
import { parseLenientJson } from "./parse-lenient-json.ts";

const BROKEN: readonly (readonly [what: string, text: string, expected: unknown])[] = [
  ["right JSON", '{"a":[1,"x"]}', { a: [1, "x"] }],
  ["a comment around it", '<!-- {"a":1} -->', { a: 1 }],
  ["CDATA around it", '//<![CDATA[\n{"a":1}\n//]]>', { a: 1 }],
  ["line breaks in strings", '{"a":"x\n\ty"}', { a: "x\n\ty" }],
  ["commas at the end", '{"a":[1,2,],}', { a: [1, 2] }],
  ["backslashes of no meaning", '{"a":"C:\\path \\x"}', { a: "C:\\path \\x" }],
  ["something after it", '{"a":1}; var x = {}', { a: 1 }],
  ["several faults at once", '<!--{"a":"x\ny",};-->', { a: "x\ny" }],
  ["no JSON", "hello", undefined],
  ["an open bracket", '{"a":', undefined],
];

for (const [what, text, expected] of BROKEN) {
  test(`lenient JSON: ${what}`, () => assert.deepEqual(parseLenientJson(text), expected));
}

test("lenient JSON gives up in linear time", () => {
  for (const piece of ['"', "{", '{"a":', "\\", ",", '"\\']) {
    assertLinear((size) => parseLenientJson(piece.repeat(size)), { size: 100_000 });
  }
});

test("lenient JSON reads long runs of spaces once", () => {
  for (const [before, after] of [
    ["", "x"],
    ["{", "x"],
    ['{"a":1}', "]]> x"],
    ["{", "]] >"],
  ]) {
    assertLinear((size) => parseLenientJson(before + " ".repeat(size) + after), { size: 200_000 });
  }
  const spaces = " ".repeat(200_000);
  assert.deepEqual(parseLenientJson(`${spaces}/*<![CDATA[*/{"a":1}/*${spaces}]]>*/ `), { a: 1 });
});
