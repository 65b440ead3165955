import assert from "node:assert/strict";
import { test } from "node:test";
import { dropLineNumbers, type LoneNumber } from "./drop-line-numbers.ts";

/** `«1»` is a number in an element of its own. */
function dropFrom(marked: string, look = "ln"): string {
  const numbers: LoneNumber[] = [];
  let code = "";
  for (const [index, piece] of marked.split(/[«»]/).entries()) {
    const start = code.length;
    code += piece;
    if (index % 2 === 1) numbers.push({ value: Number(piece), look, start, end: code.length });
  }
  return dropLineNumbers(code, numbers);
}

const CASES: readonly (readonly [what: string, marked: string, expected: string])[] = [
  ["before each line they go", "«1»a\n«2»  b\n", "a\n  b\n"],
  ["they may begin with any number", "«98»a\n«99»\n«100»b", "a\n\nb"],
  ["before the code they go", "«1»\n«2»\n\na\nb\n", "\na\nb\n"],
  ["on one line they go where as many lines follow", "«1»«2»\na\nb", "a\nb"],
  ["numbers that don't rise by one stay", "«1»a\n«3»b", "1a\n3b"],
  ["numbers of some of the lines stay", "«1»a\nb\n«2»c", "1a\nb\n2c"],
  ["numbers within lines stay", "a «1»\nb «2»", "a 1\nb 2"],
  ["a single number stays", "«1»a", "1a"],
  ["numbers that are all of the code stay", "«1»\n«2»", "1\n2"],
  ["a column beside fewer lines stays", "«1»\n«2»\n«3»\na\nb", "1\n2\n3\na\nb"],
];

for (const [what, marked, expected] of CASES) {
  test(`numbers of lines: ${what}`, () => assert.equal(dropFrom(marked), expected));
}

test("numbers of lines: what a highlighter calls a number stays", () => {
  for (const look of ["mi", "hljs-number", "token number", "m", "nu0", "cm-number"]) {
    assert.equal(dropFrom("«1»a\n«2»b", look), "1a\n2b", look);
  }
});
