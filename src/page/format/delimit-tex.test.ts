import assert from "node:assert/strict";
import { test } from "node:test";
import { delimitTex } from "./delimit-tex.ts";

const CASES: readonly (readonly [what: string, tex: string, expected: string])[] = [
  ["a dollar sign ends no formula", "a$ b \\$ c", "$a\\$ b \\$ c$"],
  ["a backslash at the end escapes no delimiter", "a\\", "$a$"],
  ["a line break at the end stays", "a\\\\", "$a\\\\$"],
  ["a backslash after a line break goes", "a\\\\\\", "$a\\\\$"],
  ["other TeX is untouched", "\\frac{a}{b}\\\\[2pt]_i", "$\\frac{a}{b}\\\\[2pt]_i$"],
];

for (const [what, tex, expected] of CASES) {
  test(`between dollar signs, ${what}`, () => assert.equal(delimitTex(tex, "$"), expected));
}
