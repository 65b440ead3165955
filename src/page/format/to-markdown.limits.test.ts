import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../test/support/assert-linear.ts";
import { wholePage } from "../../../test/support/whole-page.ts";
import { readDocument } from "./read/read-document.ts";
import { toContentHtml } from "./to-content-html.ts";
import { toMarkdown } from "./to-markdown.ts";
import { toText } from "./to-text.ts";

interface Hostile {
  readonly what: string;
  readonly html: (size: number) => string;
  readonly size: number;
}

const MANY = 20_000;

/** A nest of `depth` elements, as often as it is asked for: how deep it goes is bounded by the parser. */
const nests = (open: string, { depth, close }: { depth: number; close: string }) => {
  const nest = open.repeat(depth) + close.repeat(depth);
  return (size: number) => nest.repeat(size);
};

/** Pages that would cost a careless writer time or memory beyond their size. */
const HOSTILE: readonly Hostile[] = [
  {
    what: "lists in lists",
    html: nests("<ul><li>x", { depth: 200, close: "</li></ul>" }),
    size: 8,
  },
  {
    what: "quotes in quotes",
    html: nests("<blockquote>x", { depth: 400, close: "</blockquote>" }),
    size: 4,
  },
  {
    what: "tables in tables",
    html: nests("<table><tr><td>x", { depth: 120, close: "</td></tr></table>" }),
    size: 8,
  },
  {
    what: "emphasis in emphasis",
    html: nests("<b><i>x", { depth: 200, close: "</i></b>" }),
    size: 8,
  },
  {
    what: "cells that span millions",
    html: (size) =>
      `<table>${'<tr><td colspan="1000" rowspan="65534">x</td></tr>'.repeat(size)}</table>`,
    size: 3000,
  },
  {
    what: "a row of many cells, and many short rows",
    html: (size) =>
      `<table><tr>${"<td rowspan=9999>x".repeat(size)}</tr>${"<tr><td>y</td></tr>".repeat(size)}</table>`,
    size: 3000,
  },
  { what: "no-break spaces", html: (size) => `<p>a${"&nbsp;".repeat(size)}b</p>`, size: MANY },
  { what: "spaces and breaks", html: (size) => `<p>a${" <br> ".repeat(size)}b</p>`, size: MANY },
  {
    what: "backticks",
    html: (size) => `<p>${"` ".repeat(size)}</p><pre>${"`".repeat(size)}</pre>`,
    size: MANY,
  },
  {
    what: "brackets in a link",
    html: (size) => `<a href="/x">${"[".repeat(size)}</a>`,
    size: MANY,
  },
  { what: "asterisks", html: (size) => `<p>${"*a".repeat(size)}</p>`, size: MANY },
  {
    what: "footnotes that refer to one another",
    html: (size) => '<p id="fn"><sup><a href="#fn">1</a></sup></p>'.repeat(size),
    size: 5000,
  },
  {
    what: "footnotes by number",
    html: (size) =>
      `${"<p>Word.<sup>1</sup></p>".repeat(size)}<hr>${"<p><sup>1</sup> N</p>".repeat(size)}`,
    size: 5000,
  },
  {
    what: "spans in one paragraph",
    html: (size) => `<p>${"<b>a</b> <i>b</i> ".repeat(size)}</p>`,
    size: MANY / 2,
  },
  { what: "pictures", html: (size) => '<img src="/a.jpg" alt="x">'.repeat(size), size: MANY },
  {
    what: "definition lists in themselves",
    html: nests("<dl><dt>t<dd>", { depth: 200, close: "</dl>" }),
    size: 8,
  },
];

for (const { what, html, size } of HOSTILE) {
  test(`${what} take linear time and bounded room`, () => {
    assertLinear((many) => writeAll(html(many)), { size });
  });
}

function writeAll(html: string): void {
  const document = readDocument(wholePage(html));
  for (const write of [toMarkdown, toText, toContentHtml]) {
    assert.ok(write(document).length < 20 * html.length + 1000);
  }
}
