import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePage } from "../../../test/support/whole-page.ts";
import { AddressRoom } from "../url/address-room.ts";
import { outputLimit } from "./output-limit.ts";
import { readDocument } from "./read/read-document.ts";
import { toContentHtml } from "./to-content-html.ts";
import { toMarkdown } from "./to-markdown.ts";
import { toText } from "./to-text.ts";

const MANY = 20_000;
const LONG_BASE = `https://example.com/${"b".repeat(2000)}/`;

function formatsOf(html: string, baseUrl: string) {
  const document = readDocument(wholePage(html, baseUrl), new AddressRoom(html.length));
  const limit = outputLimit(html.length);
  return {
    markdown: toMarkdown(document, limit),
    text: toText(document, limit),
    contentHtml: toContentHtml(document, limit),
  };
}

/** Pages that would fill far more than their source, and how many words must be there all the same. */
const SWELLING: readonly (readonly [what: string, html: string, words: number])[] = [
  ["links on a long base", '<a href="b">word</a> '.repeat(MANY), MANY],
  ["pictures on a long base", '<img src="b" alt="x"> '.repeat(MANY), 0],
  ["items in lists in lists", `${"<ul><li>".repeat(15)}${"<li>word".repeat(MANY)}`, MANY],
  ["numbered items of long numbers", `<ol start="999990000">${"<li>word".repeat(MANY)}`, MANY],
  ["lines in quotes", `${"<blockquote>".repeat(15)}<pre>${"word\n".repeat(MANY)}`, MANY],
  [
    "one long link on many pictures",
    `<a href="/${"x".repeat(8000)}">${'<p><img src="a" alt="x">'.repeat(MANY)}</a>`,
    0,
  ],
  [
    "cells that span rows and columns",
    `<table>${'<tr><td rowspan="9" colspan="50">word</td><td>word</td></tr>'.repeat(MANY)}</table>`,
    MANY,
  ],
  ["signs that are escaped", `<pre>${"&".repeat(50 * MANY)}</pre>`, 0],
];

for (const [what, html, words] of SWELLING) {
  test(`${what} fill at most four times the page and a mebibyte`, () => {
    for (const [format, output] of Object.entries(formatsOf(html, LONG_BASE))) {
      assert.ok(output.length <= 4 * html.length + 1024 * 1024, `${format}: ${output.length}`);
      assert.ok(output.split("word").length > words, format);
    }
  });
}

test("links without room for their address are their text, in order", () => {
  const html = '<p><a href="b">one</a>'.repeat(400);
  const { markdown } = formatsOf(html, LONG_BASE);
  const blocks = markdown.split("\n\n");
  assert.equal(blocks.length, 400);
  assert.match(blocks[0] ?? "", /^\[one\]\(https:\/\/example\.com\/b+\/b\)$/);
  assert.equal(blocks.at(-1), "one");
});

test("an address longer than 8 KiB is left out: a link is its text, a picture its alternative text", () => {
  const long = `/${"x".repeat(8 * 1024)}`;
  const html = `<p><a href="${long}">here</a> <img src="${long}" alt="a map"> <a href="/y">there</a>`;
  assert.equal(
    formatsOf(html, "https://example.com/").markdown,
    "here a map [there](https://example.com/y)",
  );
});

test("a page that would swell all the same is cut at the end of a line, and says so", () => {
  const html = `${"<blockquote>".repeat(15)}<pre>${"x\n".repeat(10 * MANY)}</pre>`;
  const { markdown, text } = formatsOf(html, "");
  const prefix = "> ".repeat(15);
  assert.ok(markdown.endsWith(`\n${prefix}x\n${prefix}\`\`\`\n\n[…]`), markdown.slice(-100));
  assert.equal(text.split("x").length, 10 * MANY + 1);
});
