import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../tree/parse-html.ts";
import { readDocument } from "./read/read-document.ts";
import { toContentHtml } from "./to-content-html.ts";
import { toMarkdown } from "./to-markdown.ts";
import { toText } from "./to-text.ts";

const MANY = 20_000;

/** Pages that would cost a careless writer time or memory beyond their size. */
const HOSTILE: readonly (readonly [what: string, html: string])[] = [
  ["lists in lists", `${"<ul><li>x".repeat(400)}`],
  ["quotes in quotes", `${"<blockquote>x".repeat(400)}`],
  ["tables in tables", `${"<table><tr><td>x".repeat(120)}`],
  ["emphasis in emphasis", `<p>${"<b><i>x".repeat(200)}`],
  [
    "cells that span millions",
    `<table>${'<tr><td colspan="1000" rowspan="65534">x</td></tr>'.repeat(3000)}</table>`,
  ],
  [
    "a row of many cells, and many short rows",
    `<table><tr>${"<td rowspan=9999>x".repeat(3000)}</tr>${"<tr><td>y</td></tr>".repeat(3000)}</table>`,
  ],
  ["no-break spaces", `<p>a${"&nbsp;".repeat(MANY)}b</p>`],
  ["spaces and breaks", `<p>a${" <br> ".repeat(MANY)}b</p>`],
  ["backticks", `<p>${"` ".repeat(MANY)}</p><pre>${"`".repeat(MANY)}</pre>`],
  ["brackets in a link", `<a href="/x">${"[".repeat(MANY)}</a>`],
  ["asterisks", `<p>${"*a".repeat(MANY)}</p>`],
  [
    "footnotes that refer to one another",
    `${'<p id="fn"><sup><a href="#fn">1</a></sup></p>'.repeat(5000)}`,
  ],
  [
    "footnotes by number",
    `${"<p>Word.<sup>1</sup></p>".repeat(5000)}<hr>${"<p><sup>1</sup> N</p>".repeat(5000)}`,
  ],
  ["spans in one paragraph", `<p>${"<b>a</b> <i>b</i> ".repeat(MANY / 2)}</p>`],
  ["pictures", '<img src="/a.jpg" alt="x">'.repeat(MANY)],
  ["definition lists in themselves", "<dl><dt>t<dd>".repeat(200)],
];

for (const [what, html] of HOSTILE) {
  test(`${what} take bounded time and room`, () => {
    const tree = parseHtml(html);
    const start = performance.now();
    const document = readDocument({
      tree,
      keep: new Uint8Array(tree.size).fill(1),
      root: 0,
      baseUrl: "https://example.com/",
    });
    for (const write of [toMarkdown, toText, toContentHtml]) {
      assert.ok(write(document).length < 20 * html.length + 1000);
    }
    assert.ok(performance.now() - start < 10_000);
  });
}
