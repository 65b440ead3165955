import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../../tree/parse-html.ts";
import { Tag } from "../../tree/tag.ts";
import { blockText } from "./block-text.ts";
import { sumIn, surveyPage, totalOf } from "./survey.ts";

function blocksOf(html: string): string[] {
  const survey = surveyPage(parseHtml(html));
  return Array.from({ length: survey.blocks.count }, (_, block) =>
    blockText(survey, block, 1000).trim(),
  );
}

const CASES: readonly (readonly [promise: string, html: string, blocks: string[]])[] = [
  ["inline elements don't end a block", "<p>a <b>b</b> <a href=x>c</a></p><p>d", ["a b c", "d"]],
  ["text beside blocks is a block", "<div>a<p>b</p>c</div>", ["a", "b", "c"]],
  [
    "an inline element around blocks is a border",
    "a<span>b<div>c</div></span>d",
    ["a", "b", "c", "d"],
  ],
  ["white space is none", "<div> <p>a</p> <p> </p> </div>", ["a"]],
  [
    "cells and items are blocks",
    "<table><tr><td>a<td>b</table><ul><li>c<li>d</ul>",
    ["a", "b", "c", "d"],
  ],
  [
    "code, styles, fields and templates say nothing",
    "<script>a</script><style>b</style><textarea>c</textarea><select><option>d</select><template>e</template>f",
    ["f"],
  ],
  ["noscript does", "<p>a<noscript><p>b</noscript>", ["a", "b"]],
  ["an empty page has none", "", []],
];

for (const [promise, html, blocks] of CASES) {
  test(`survey: ${promise}`, () => {
    assert.deepEqual(blocksOf(html), blocks);
  });
}

test("the sum over an element is that of the blocks in it", () => {
  const tree = parseHtml("<p>one</p><ul><li><a href=x>two</a> three<li>four five</ul><p>six");
  const survey = surveyPage(tree);
  const list = tree.tag.indexOf(Tag.UL);
  assert.equal(sumIn(survey, survey.sums.words, list), 4);
  assert.equal(sumIn(survey, survey.sums.linkLength, list), 3);
  assert.equal(sumIn(survey, survey.sums.words, 0), 6);
  assert.equal(sumIn(survey, survey.sums.words, tree.tag.indexOf(Tag.LI)), 2);
});

test("anchors without an address are no links, and links may hold blocks", () => {
  const { blocks } = surveyPage(parseHtml("<a name=x>ab</a><a href=y><div>cd</div></a><p>ef"));
  assert.deepEqual([...blocks.linkLength], [0, 2, 0]);
});

test("long texts that are hardly linked count as prose", () => {
  const long = "words and words ".repeat(10);
  const survey = surveyPage(parseHtml(`<p>${long}</p><p><a href=x>${long}</a></p><p>short`));
  assert.equal(survey.sums.proseLength[3], survey.blocks.length[0]);
});

test("what follows after very many blocks is one block, and nothing is lost", () => {
  const survey = surveyPage(parseHtml(`${"<p>boom".repeat(30_000)}<p>the end`));
  const { blocks, sums } = survey;
  assert.equal(blocks.count, 20_001);
  assert.equal(blocks.words[20_000], 10_000 + 2);
  assert.equal(totalOf(survey, sums.words), 30_000 + 2);
});
