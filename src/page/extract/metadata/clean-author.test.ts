import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../../test/support/assert-linear.ts";
import { cleanAuthor } from "./clean-author.ts";

const BYLINES: readonly (readonly [text: string, expected: string | null])[] = [
  ["Jane Roe", "Jane Roe"],
  ["By Jane Roe", "Jane Roe"],
  ["Written by: Jane Roe | Updated May 3, 2024", "Jane Roe"],
  ["Von Anna Muster und Ben Beispiel", "Anna Muster, Ben Beispiel"],
  ["By Jane Roe and John Doe", "Jane Roe, John Doe"],
  ["Jane Roe; John Doe; Jane Roe", "Jane Roe, John Doe"],
  ["Jane RoeDecember 17, 2025", "Jane Roe"],
  ["May 28, 2024 Jane Roe", "Jane Roe"],
  ["Jane Roe is a writer from Kent.", "Jane Roe"],
  ["Jane Roe • 5 min read", "Jane Roe"],
  ["Jane Roe 42 comments", "Jane Roe"],
  ["Jane Roe (@jane)", "Jane Roe"],
  ["@jane", "jane"],
  ["作者：王小明", "王小明"],
  ["Автор: Иван Петров", "Иван Петров"],
  ["Jane Lennon July 12, 2024", "Jane Lennon"],
  ["user_name-42", "user_name-42"],
  ["May 28, 2024", null],
  ["5 min read", null],
  ["https://example.com/jane", null],
  ["About the author", null],
  ["admin", null],
  ["", null],
];

for (const [text, expected] of BYLINES) {
  test(`the author in ${JSON.stringify(text)} is ${expected}`, () => {
    assert.equal(cleanAuthor(text), expected);
  });
}

test("hostile bylines cost linear time", () => {
  for (const piece of ["by ", "a, ", "; ", "Jan 1 ", "(", "- "]) {
    assertLinear((size) => cleanAuthor(piece.repeat(size)), { size: 100_000 });
  }
});
