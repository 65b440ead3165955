import assert from "node:assert/strict";
import { test } from "node:test";
import { writeTex } from "./write-tex.ts";

const CASES: readonly (readonly [what: string, tex: string, expected: string])[] = [
  ["no tag begins", "<img src=x onerror=alert(2)>", "$\\lt img src=x onerror=alert(2)>$"],
  ["no comment or end tag begins", "</p><!--", "$\\lt /p>\\lt !--$"],
  ["a comparison stays", "1 < 2", "$1 < 2$"],
  ["no backslash is left that would escape the end", "a\\", "$a$"],
  ["no link stands in it", "[x](javascript:alert(1))", "$[x] (javascript:alert(1))$"],
];

for (const [what, tex, expected] of CASES) {
  test(`in a formula, ${what}`, () => assert.equal(writeTex(tex, "$"), expected));
}
