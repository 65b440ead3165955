import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../../test/support/assert-linear.ts";
import { parseDate } from "./parse-date.ts";

const DATES: readonly (readonly [text: string, expected: string | null])[] = [
  ["2024-05-03", "2024-05-03"],
  ["2024-05-03T10:20:30Z", "2024-05-03T10:20:30Z"],
  ["2024-05-03T10:20:30.123+0200", "2024-05-03T10:20:30+02:00"],
  ["2024-05-03 10:20", "2024-05-03"],
  ["2015-11", "2015-11"],
  ["20240503", "2024-05-03"],
  ["Fri, 03 May 2024 10:20:30 GMT", "2024-05-03T10:20:30Z"],
  ["Fri May 03 10:00:00 UTC 2024", "2024-05-03T10:00:00Z"],
  ["1714732800", "2024-05-03T10:40:00Z"],
  ["1714732800000", "2024-05-03T10:40:00Z"],
  ["Published on May 3rd, 2024 by Ann", "2024-05-03"],
  ["3. Mai 2024", "2024-05-03"],
  ["3 de mayo de 2024", "2024-05-03"],
  ["le 1er mars 2024", "2024-03-01"],
  ["3 maggio 2024", "2024-05-03"],
  ["3 maja 2024", "2024-05-03"],
  ["3 мая 2024 г.", "2024-05-03"],
  ["3 Μαΐου 2024", "2024-05-03"],
  ["3 mayıs 2024", "2024-05-03"],
  ["3. toukokuuta 2024", "2024-05-03"],
  ["2024年5月3日", "2024-05-03"],
  ["2024년 5월 3일", "2024-05-03"],
  ["3 พฤษภาคม 2567", "2024-05-03"],
  ["٣ مايو ٢٠٢٤", "2024-05-03"],
  ["03.05.2024", "2024-05-03"],
  ["2024/5/3", "2024-05-03"],
  ["Sept. 3, 2024", "2024-09-03"],
  ["2024-02-30", null],
  ["31 February 2024", null],
  ["Room 2024, floor 3", null],
  ["yesterday", null],
  ["", null],
];

for (const [text, expected] of DATES) {
  test(`the date in ${JSON.stringify(text)} is ${expected}`, () => {
    assert.equal(parseDate(text), expected);
  });
}

test("which of two numbers is the month depends on the country, unless only one can be", () => {
  assert.equal(parseDate("03/05/2024", "month-first"), "2024-03-05");
  assert.equal(parseDate("03/05/2024", "day-first"), "2024-05-03");
  assert.equal(parseDate("25/12/2024", "month-first"), "2024-12-25");
  assert.equal(parseDate("12-25-2024", "day-first"), "2024-12-25");
});

test("long texts are read in linear time", () => {
  for (const piece of ["1", "1/", "May ", "2024-", " ", "a1"]) {
    assertLinear((size) => parseDate(piece.repeat(size)), { size: 100_000 });
  }
});
