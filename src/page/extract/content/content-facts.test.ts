import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../../tree/parse-html.ts";
import { gatherFacts } from "./content-facts.ts";

const SENTENCE = "This is a sentence of a text that somebody wrote, with some words in it. ";
const PROSE = `<p>${SENTENCE.repeat(2)}</p>`;

test("main nodes: the element with the prose, not the page around it", () => {
  const html = `<div id=menu><p>a</p></div><div id=a><div id=b>${PROSE.repeat(4)}</div><p>x</div>`;
  const facts = gatherFacts(parseHtml(html));
  assert.equal(facts.tree.attribute(facts.main.scored, "id"), "b");
  assert.equal(facts.tree.attribute(facts.main.prose, "id"), "b");
});

test("main nodes: prose in comments and footers counts for less", () => {
  const comments = `<div class=comments>${PROSE.repeat(2)}</div>`;
  const html = `<div id=a>${PROSE.repeat(3)}</div><div id=b>${comments.repeat(2)}</div>`;
  const facts = gatherFacts(parseHtml(html));
  assert.equal(facts.tree.attribute(facts.main.prose, "id"), "a");
});

test("main nodes: none where there is no text", () => {
  const { main } = gatherFacts(parseHtml("<img src=a>"));
  assert.deepEqual(main, { scored: 0, prose: 0, firstProse: 0, lastProse: -1 });
});

test("headings: the h1 that is in the title names the page", () => {
  const html = "<title>The real one - Site</title><h1>Site</h1><h1>The real one</h1><h2>a</h2>b";
  const { headings } = gatherFacts(parseHtml(html));
  assert.equal(headings.main, 1);
  assert.deepEqual([...headings.level], [1, 1, 2, 0]);
  assert.deepEqual([...headings.before], [-1, 0, 1, 2]);
  assert.deepEqual([...headings.after], [1, 2, 4, 4]);
});

test("headings: without an h1 a text that is in the title names the page", () => {
  const { headings } = gatherFacts(parseHtml("<title>A fine day</title><p>x<div>A fine day</div>"));
  assert.equal(headings.main, 1);
});

test("copies: the first block with the same text, in any case and spacing", () => {
  const { firstCopy } = gatherFacts(parseHtml("<p>Same text<p>other<p>same  TEXT"));
  assert.deepEqual([...firstCopy], [0, -1, 0]);
});

test("cards: elements in a row that look alike, paragraphs left out", () => {
  const card = (id: number) => `<div class="card card-${id}"><p>a</p><p>b</p><p>c</p></div>`;
  const facts = gatherFacts(parseHtml(`<main>${[1, 2, 3].map(card).join("")}<p>d`));
  const groups = Array.from(
    facts.survey.blocks.owner.subarray(0, 10),
    (owner) => facts.cards.inner[owner],
  );
  assert.equal(groups[0]?.count, 3);
  assert.equal(groups[8], groups[0]);
  assert.equal(groups[9], null, "what stands beside the cards is none");
});

test("hints are inherited, but not from an element that holds most of the page", () => {
  const html = `<div class=sidebar>${PROSE.repeat(3)}</div><div class=footer><p>a</p></div>`;
  const { hintsAround, survey } = gatherFacts(parseHtml(html));
  const owners = survey.blocks.owner;
  assert.equal(hintsAround[owners[0] ?? 0], 0);
  assert.notEqual(hintsAround[owners[3] ?? 0], 0);
});
