import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseHtml } from "../../tree/parse-html.ts";
import { BLOCK_COLUMNS } from "./columns/block-columns.ts";
import { CONTEXT_COLUMNS } from "./columns/context-columns.ts";
import { gatherFacts } from "./content-facts.ts";
import { judgeBlocks } from "./judge-blocks.ts";
import { BLOCK_POINTS } from "./points/block-points.ts";
import { CONTEXT_POINTS } from "./points/context-points.ts";

test("every column has points, and no points are left without a column", () => {
  assert.deepEqual(BLOCK_COLUMNS.map(({ name }) => name).sort(), Object.keys(BLOCK_POINTS).sort());
  assert.deepEqual(
    CONTEXT_COLUMNS.map(({ name }) => name).sort(),
    Object.keys(CONTEXT_POINTS).sort(),
  );
});

const PIECES =
  "<p>|</p>|<h1>|</h1>|<h2>a|<a href=x>|</a>|<div class=card>|</div>|<ul>|<li>|</ul>|<table>|<tr>|<td>|</table>|<nav>|</nav>|<footer>|<noscript>|</noscript>|words, and words. |w|·|<pre>|</pre>|<form>|<button>|<figure>|<figcaption>|<div hidden>|<title>w</title>|42".split(
    "|",
  );

test("every column answers every block with a number of a small range", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      const facts = gatherFacts(parseHtml(pieces.join("")));
      const { likelihood, context } = judgeBlocks(facts);
      for (let block = 0; block < facts.survey.blocks.count; block++) {
        for (const { name, of } of BLOCK_COLUMNS) assertSmall(of(facts, block), name, 1);
        for (const { name, of } of CONTEXT_COLUMNS) assertSmall(of(context, block), name, 4);
        assert.ok((likelihood[block] ?? 2) > 0 && (likelihood[block] ?? 2) < 1);
      }
    }),
    { numRuns: 150 },
  );
});

const ROUNDING = 1e-9;

function assertSmall(answer: number, name: string, most: number): void {
  assert.ok(Number.isFinite(answer) && Math.abs(answer) <= most + ROUNDING, `${name}: ${answer}`);
}
