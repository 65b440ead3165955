import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePage } from "../../../test/support/whole-page.ts";
import { readDocument } from "./read/read-document.ts";
import { toMarkdown } from "./to-markdown.ts";

const markdown = (html: string, baseUrl?: string) =>
  toMarkdown(readDocument(wholePage(html, baseUrl)));

const CASES: readonly (readonly [what: string, html: string, expected: string])[] = [
  ["nothing is nothing", "", ""],
  ["white space alone is nothing", "<p> \n </p><div></div>", ""],
  ["an empty strong element leaves nothing", "<p><b> </b></p>", ""],
  ["a space moves out of emphasis", "<p>a<b> b </b>c</p>", "a **b** c"],
  ["no-break spaces move out of emphasis too", "<p><i>foo&nbsp;</i>bar</p>", "*foo*\u00a0bar"],
  [
    "part of a word is marked by asterisks",
    "<p>un<em>frigging</em>believable</p>",
    "un*frigging*believable",
  ],
  ["stress upon stress changes its sign", "<p><em>a <em>b</em></em></p>", "_a *b*_"],
  ["bold within bold is bold", "<p><b>a <strong>b</strong> c</b></p>", "**a b c**"],
  ["punctuation that hides delimiters moves out", "<p><b>Note:</b>the</p>", "**Note**:the"],
  ["spans that touch don't run into each other", "<p>a<em>b</em><b>c</b>d</p>", "a*b*cd"],
  ["adjacent code spans stay two", "<p><code>a</code><b></b><code>b</code></p>", "`ab`"],
  ["two breaks part paragraphs", "a<br><br>b", "a\n\nb"],
  ["a break at the end is none", "<p>a<br></p>", "a"],
  ["a break in a heading is a space", "<h2>a<br>b</h2>", "## a b"],
  ["a heading's number signs at the end stay", "<h3>C #</h3>", "### C \\#"],
  ["a rule is no underline of what is before", "<p>a</p><hr><p>b</p>", "a\n\n***\n\nb"],
  ["a rule within a list is no end of it", "<ul><li><hr></li></ul>", "- ***"],
  [
    "a list after a list has another marker",
    "<ul><li>a</li></ul><ul><li>b</li></ul>",
    "- a\n\n* b",
  ],
  ["numbers go on from the start", '<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"],
  ["a start that is no number is 1", '<ol start="x"><li>a</li></ol>', "1. a"],
  [
    "empty items of a numbered list keep the numbers",
    "<ol><li>a</li><li></li><li>c</li></ol>",
    "1. a\n2.\n3. c",
  ],
  ["items of which nothing is left are left out", "<ul><li>a</li><li><svg></svg></li></ul>", "- a"],
  [
    "a quote after an item's text needs a blank line",
    "<ul><li>a<blockquote>b</blockquote></li></ul>",
    "- a\n\n  > b",
  ],
  [
    "blank lines in code within lists have no spaces",
    "<ul><li><pre>a\n\nb</pre></li></ul>",
    "- ```\n  a\n\n  b\n  ```",
  ],
  ["a fence is longer than those inside", "<pre>````</pre>", "`````\n````\n`````"],
  ["tabs and indentation of code stay", "<pre>\tif\n  x</pre>", "```\n\tif\n  x\n```"],
  [
    "parentheses in addresses are encoded",
    '<a href="/a(b)">x</a>',
    "[x](https://example.com/a%28b%29)",
  ],
  [
    "a title may hold quotes",
    `<a href="/a" title='"q"'>x</a>`,
    '[x](https://example.com/a "\\"q\\"")',
  ],
  [
    "an address as its own text is an autolink",
    '<a href="https://e.org/x">https://e.org/x</a>',
    "<https://e.org/x>",
  ],
  ["a mail address as its own text too", '<a href="mailto:a@e.org">a@e.org</a>', "<a@e.org>"],
  [
    "a link in a link is one link",
    '<a href="/a">x <span>y</span></a>',
    "[x y](https://example.com/a)",
  ],
  [
    "an exclamation mark makes no picture of a link",
    '<p>Go!<a href="/">x</a></p>',
    "Go\\![x](https://example.com/)",
  ],
  [
    "bars in cells are escaped, in code too",
    "<table><tr><th>a|b</th></tr><tr><td><code>|</code></td></tr></table>",
    "| a\\|b |\n| --- |\n| `\\|` |",
  ],
  [
    "a caption stands before its table",
    "<table><caption>C</caption><tr><th>a</th></tr></table>",
    "C\n\n| a |\n| --- |",
  ],
  ["an invisible character is no character", "<p>a\u200bb\u00adc\u{e0041}d</p>", "abcd"],
  ["joiners of emoji and words stay", "<p>👩\u200d🚀</p>", "👩\u200d🚀"],
];

for (const [what, html, expected] of CASES) {
  test(`Markdown: ${what}`, () => assert.equal(markdown(html), expected));
}

test("without a base, addresses stay as they are written", () => {
  assert.equal(markdown('<a href="/x">a</a> <a href="javascript:x">b</a>', ""), "[a](/x) b");
});

test("the same HTML gives the same Markdown", () => {
  const html =
    '<h1>T</h1><p>a<sup><a href="#n">1</a></sup></p><ol><li id="n" class="footnote">N</li></ol>';
  assert.equal(markdown(html), markdown(html));
  assert.equal(markdown(html), "# T\n\na[^1]\n\n[^1]: N");
});

test("what is left out of a selection is not written, nor anything in it", () => {
  const page = wholePage("<div><p>a</p><p>b</p></div>");
  page.keep[page.tree.size - 2] = 0;
  assert.equal(toMarkdown(readDocument(page)), "a");
});
