import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePage } from "../../../test/support/whole-page.ts";
import { readDocument } from "./read/read-document.ts";
import { toText } from "./to-text.ts";

const text = (html: string) => toText(readDocument(wholePage(html)));

test("text has no markup: headings, emphasis, links and code are their words", () => {
  assert.equal(
    text(
      '<h1>T</h1><p>a <b>b</b> <a href="/x">c</a> <code>d*</code><br>e<img src="/i.png" alt="pic"></p><pre>x\n  y</pre>',
    ),
    "T\n\na b c d*\ne\n\nx\n  y",
  );
});

test("lists have marks, nested ones are indented, tables have tabs", () => {
  assert.equal(
    text(
      "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
    ),
    "1. a\n   - b\n2. c\n\nA\tB\n1\t2",
  );
});

test("quotes, definitions and footnotes are plain", () => {
  assert.equal(
    text(
      '<blockquote>q</blockquote><dl><dt>t</dt><dd>d</dd></dl><p>x<sup><a href="#fn1">1</a></sup></p><p id="fn1">n</p>',
    ),
    "q\n\nt\nd\n\nx[1]\n\n[1] n",
  );
});
