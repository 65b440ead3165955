import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../../test/support/assert-linear.ts";
import { wholePage } from "../../../../test/support/whole-page.ts";
import { codeText } from "./code-text.ts";

/** Code of so many lines, as pages mark them up. */
const LINES: readonly (readonly [what: string, line: (index: number) => string])[] = [
  ["blocks", () => "<div>line</div>"],
  ["code elements", () => "<code>line</code>"],
  ["numbered lines", (index) => `<b class="n">${index}</b>line\n`],
];

for (const [what, line] of LINES) {
  test(`code of many ${what} is read in linear time`, () => {
    assertLinear(
      (size) => {
        const selection = wholePage(
          `<pre>${Array.from({ length: size }, (_, i) => line(i)).join("")}`,
        );
        assert.equal(codeText(selection, 0).trim(), "line\n".repeat(size).trim());
      },
      { size: 20_000 },
    );
  });
}
