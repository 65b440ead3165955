import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ParseOptions, parseHtml } from "./parse-html.ts";
import { Tag } from "./tag.ts";
import type { Tree } from "./tree.ts";

const deepest = (tree: Tree): number => tree.depth.reduce((a, b) => Math.max(a, b), 0);
const countOf = (tree: Tree, tag: number): number => tree.tag.filter((id) => id === tag).length;

test("elements below the depth limit become siblings, and their end tags close nothing else", () => {
  const tree = parseHtml(`${"<div>".repeat(2000)}a${"</div>".repeat(2000)}<p>b`, { maxDepth: 20 });
  assert.equal(countOf(tree, Tag.DIV), 2000);
  assert.equal(deepest(tree), 20);
  assert.equal(tree.depth[tree.tag.lastIndexOf(Tag.P)], 3, "the paragraph stands in body");
});

test("a script below the depth limit doesn't become text of its parent", () => {
  const tree = parseHtml(`${"<div>".repeat(50)}<script>a</script>`, { maxDepth: 20 });
  const script = tree.tag.indexOf(Tag.SCRIPT);
  assert.equal(tree.parent[script + 1], script);
});

test("200,000 elements in each other are as many nodes, at a bounded depth", () => {
  const tree = parseHtml("<div>".repeat(200_000));
  assert.equal(countOf(tree, Tag.DIV), 200_000);
  assert.equal(deepest(tree), 512);
});

test("a page with too many nodes is cut, and says so", () => {
  const tree = parseHtml("<b>a</b>".repeat(10_000), { maxNodes: 1000 });
  assert.equal(tree.truncated, true);
  assert.ok(tree.size >= 1000 && tree.size < 1010);
  assert.equal(parseHtml("<b>a</b>").truncated, false);
});

test("misnested formatting doesn't multiply", () => {
  const tree = parseHtml("<b><i><u><s><em>a</b>".repeat(1000));
  assert.ok(tree.size < 20_000, String(tree.size));
});

test("an element keeps a limited number of attributes, and the right values", () => {
  const many = Array.from({ length: 1000 }, (_, i) => `a${i}=${i}`).join(" ");
  const tree = parseHtml(`<p ${many}>a</p><p id=b>`);
  const first = tree.tag.indexOf(Tag.P);
  assert.equal(tree.attributes(first).length, 256);
  assert.equal(tree.attribute(first, "a255"), "255");
  assert.equal(tree.attribute(tree.tag.lastIndexOf(Tag.P), "id"), "b");
});

test("what is never closed ends with the page", () => {
  const long = "x".repeat(1_000_000);
  for (const html of [
    `a<!--${long}`,
    `a<b c="${long}`,
    `a<b c='${long}<i>`,
    `a<!${long}`,
    `a</${long}`,
  ]) {
    const tree = parseHtml(html);
    assert.equal(tree.text(tree.size - 1), "a");
  }
  const link = parseHtml(`<a href="${long}">`);
  assert.equal(link.attribute(link.size - 1, "href")?.length, 1_000_000);
});

test("names that a page makes up are limited in number and length", () => {
  const html = `${Array.from({ length: 12_000 }, (_, i) => `<x-${i}>`).join("")}<y${"y".repeat(1000)}>`;
  const tree = parseHtml(html, { maxDepth: 5 });
  assert.equal(new Set(tree.tag).size, 10_001 + 3, "one id for the rest; document, html and body");
  assert.ok(tree.name(tree.size - 1).length <= 100);
});

const PIECES = [
  ..."<p>|</p>|<div>|</div>|<b>|</b>|<i>|</i>|<a href=x>|</a>|<ul>|<li>|</ul>|<table>|<tr>|<td>|</td>|</tr>|</table>|<tbody>|<thead>|<caption>".split(
    "|",
  ),
  ..."<select>|<option>|</select>|<svg>|<path/>|</svg>|<foreignObject>|<math>|<mi>|</math>|<template>|</template>|<noscript>|</noscript>".split(
    "|",
  ),
  ..."<script>|</script>|<style>|</style>|<title>|</title>|<textarea>|</textarea>|<pre>|</pre>|<plaintext>|<h1>|</h2>|<form>|</form>".split(
    "|",
  ),
  ..."<button>|</button>|<dl>|<dt>|<dd>|<ruby>|<rt>|<html>|<head>|</head>|<body>|</body>|</html>|<frameset>|<frame>|<br>|</br>|<img>".split(
    "|",
  ),
  ..."<!-- x|-->|<![CDATA[|]]>|<!doctype html>|&amp;|&|\0|\r\n|text| |<span hidden>|</span>|<x-y>|</x-y>|<b c='|'>|<|>|\ud800".split(
    "|",
  ),
];

/** What {@link Tree} promises of its arrays. */
function assertConsistent(tree: Tree): void {
  const { size, tag, parent, end, depth, flags } = tree;
  assert.ok(size >= 1 && tag[0] === Tag.DOCUMENT && end[0] === size && parent[0] === -1);
  for (let node = 1; node < size; node++) {
    const up = parent[node] ?? -1;
    const stop = end[node] ?? 0;
    assert.ok(up >= 0 && up < node, "parents come first");
    assert.ok(stop > node && stop <= (end[up] ?? 0), "a subtree lies in its parent's");
    assert.equal(depth[node], (depth[up] ?? 0) + 1);
    assert.equal((flags[node] ?? 0) & (flags[up] ?? 0), flags[up], "flags are inherited");
    assert.ok(node === up + 1 || parent[node - 1] === up || (end[node - 1] ?? 0) === node);
    if (tag[node] === Tag.TEXT) {
      assert.equal(stop, node + 1);
      assert.ok(tree.text(node).isWellFormed() && tree.text(node) !== "");
      assert.ok(tag[node - 1] !== Tag.TEXT || parent[node - 1] !== up, "texts are merged");
    } else {
      assert.notEqual(tree.name(node), "");
      assert.ok(Array.isArray(tree.attributes(node)));
    }
  }
}

test("any soup of tags gives a consistent tree", () => {
  const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 });
  const limits = fc.constantFrom<ParseOptions>({}, { maxDepth: 6 }, { maxNodes: 10 });
  fc.assert(
    fc.property(soup, limits, (pieces, options) => {
      assertConsistent(parseHtml(pieces.join(""), options));
    }),
    { numRuns: 1500 },
  );
});

test("any text gives a consistent tree", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      assertConsistent(parseHtml(text));
      assertConsistent(parseHtml(`<p ${text}`));
    }),
    { numRuns: 500 },
  );
});
