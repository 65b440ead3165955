import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../../../tree/parse-html.ts";
import { blockText } from "../block-text.ts";
import { gatherFacts } from "../content-facts.ts";
import { tidyPicks } from "./tidy-picks.ts";

const MANY = Array.from({ length: 40 }, (_, i) => `word${i}`).join(" ");

/** The texts that are left of a page on which those with a * were picked, ~ not but likely, and the rest neither. */
function tidy(html: string): string[] {
  const content = gatherFacts(parseHtml(`<nav>${MANY} ${MANY} ${MANY} ${MANY}</nav>${html}`));
  const { survey } = content;
  const texts = Array.from({ length: survey.blocks.count }, (_, block) =>
    blockText(survey, block, 10_000).trim(),
  );
  const picked = Uint8Array.from(texts, (text) => (text.startsWith("*") ? 1 : 0));
  const likelihood = Float64Array.from(texts, (text) => (text.startsWith("~") ? 0.45 : 0.01));
  tidyPicks({ content, likelihood, picked });
  return texts.filter((_, block) => picked[block] === 1).map((text) => text.slice(0, 12));
}

const CASES: readonly (readonly [promise: string, html: string, kept: string[]])[] = [
  [
    "a table of which most is kept is kept whole",
    "<table><tr><th>a<th>*b c<tr><td>d<td>*e f g</table>",
    ["a", "*b c", "d", "*e f g"],
  ],
  [
    "a table that lays the page out may be cut",
    `<table><tr><td>*${MANY} ${MANY}<td>menu</table>`,
    ["*word0 word1"],
  ],
  [
    "a caption is kept with the text around its picture",
    `<div><p>*${MANY}<figure><img src=a><figcaption>~caption</figcaption></figure><p>*${MANY} end</div>`,
    ["*word0 word1", "~caption", "*word0 word1"],
  ],
  [
    "a caption without a picture stays out",
    `<div><p>*${MANY}<figure><figcaption>~caption</figcaption></figure><p>*${MANY} end</div>`,
    ["*word0 word1", "*word0 word1"],
  ],
  [
    "a likely heading comes with its section",
    `<h2>~Heading</h2><p>*${MANY}`,
    ["~Heading", "*word0 word1"],
  ],
  ["an unlikely heading stays out", `<h2>Heading</h2><p>*${MANY}`, ["*word0 word1"]],
  [
    "a heading goes with its section",
    `<p>*${MANY}<h2>*More like this</h2><p>one<p>two`,
    ["*word0 word1"],
  ],
  ["the main heading never goes", "<h1>*Name</h1><p>a<p>b", ["*Name"]],
  [
    "a text that stands twice is kept once",
    `<div><p>*one two three four</div><div><p>*One two three four</div><p>*${MANY}`,
    ["*one two thr", "*word0 word1"],
  ],
  [
    "what repeats side by side was meant to",
    "<div><p>*la la la la<p>*verse<p>*la la la la</div>",
    ["*la la la la", "*verse", "*la la la la"],
  ],
  [
    "short texts repeat for good reasons",
    "<div>*yes</div><p>*no<div>*yes</div>",
    ["*yes", "*no", "*yes"],
  ],
  [
    "a few words far from everything else go",
    `<p>*${MANY}${"<p>a".repeat(10)}<p>*few words`,
    ["*word0 word1"],
  ],
  [
    "a few words are kept where nothing else is",
    `<p>*few words${"<p>a".repeat(10)}`,
    ["*few words"],
  ],
];

for (const [promise, html, kept] of CASES) {
  test(`tidy: ${promise}`, () => {
    assert.deepEqual(tidy(html), kept);
  });
}
