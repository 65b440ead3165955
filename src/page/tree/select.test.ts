import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "./parse-html.ts";
import { compileSelector, isSelector, selectNodes } from "./select.ts";
import { SelectorSteps } from "./selector-steps.ts";

function idsOf(html: string, selector: string): string {
  const tree = parseHtml(html);
  const matcher = compileSelector(selector);
  assert.ok(matcher !== null, `${selector} is a selector`);
  return selectNodes(tree, matcher)
    .map((node) => tree.attribute(node, "id") ?? tree.name(node))
    .join(" ");
}

const PAGE =
  "<div id=a class='x y'><p id=b>one<p id=c data-k=v>two <b id=d>deep</b></div>" +
  "<ul id=e><li id=f><li id=g class=x><li id=h></ul><template><p id=i></template>";

const CASES: readonly (readonly [selector: string, ids: string])[] = [
  ["#b", "b"],
  ["P", "b c"],
  [".x", "a g"],
  [".x.y", "a"],
  ["[data-k]", "c"],
  ["[data-k=v], #a", "a c"],
  ["div > b", ""],
  ["div b", "d"],
  ["html > body > div", "a"],
  ["p + p", "c"],
  ["li:nth-child(2n + 1)", "f h"],
  ["li:first-child, li:last-child", "f h"],
  ["p:has(b)", "c"],
  ["p:not([data-k])", "b"],
  ["p:contains('two')", "c"],
  [":root", "html"],
  ["template p", ""],
];

for (const [selector, ids] of CASES) {
  test(`select: ${selector}`, () => {
    assert.equal(idsOf(PAGE, selector), ids);
  });
}

test("what is no selector is told from what is one", () => {
  for (const bad of ["", "p[", "p::before", ":nope", "a|b", "div >", "|"]) {
    assert.equal(isSelector(bad), false, `"${bad}"`);
  }
  assert.equal(isSelector("main :is(h1, h2) ~ *"), true);
});

test("a matcher serves one page after the other", () => {
  const matcher = compileSelector("li:last-child");
  assert.ok(matcher !== null);
  const first = parseHtml("<ul><li><li>");
  const second = parseHtml("<p><ul><li>a</ul>");
  assert.equal(selectNodes(first, matcher).length, 1);
  assert.deepEqual(selectNodes(second, matcher), [5]);
  assert.equal(selectNodes(first, matcher).length, 1);
});

test("a selector that would look at nodes without end is given up", () => {
  const tree = parseHtml("<div>".repeat(300));
  const matcher = compileSelector(`p ${"div ".repeat(40)}`);
  assert.ok(matcher !== null);
  assert.deepEqual(selectNodes(tree, matcher), []);
  const tests = matcher.begin(tree, new SelectorSteps(1000));
  for (let node = 1; node < tree.size; node++) assert.equal(tests(node), false);
});

test("what one selector has used of the steps is gone for the next ones", () => {
  const tree = parseHtml("<p>".repeat(500));
  const matcher = compileSelector("body p");
  assert.ok(matcher !== null);
  const steps = new SelectorSteps(4000);
  const counts = [1, 2, 3, 4].map(() => selectNodes(tree, matcher, steps).length);
  assert.equal(counts[0], 500);
  assert.equal(counts[3], 0);
  assert.equal(steps.areUsedUp, true);
});

test("text and attributes that are read are steps too", () => {
  const long = "x".repeat(64_000);
  const tree = parseHtml(`<p class="${long}">${long}</p>`);
  for (const selector of ["p:contains('x')", "p[class*=x]"]) {
    const matcher = compileSelector(selector);
    assert.ok(matcher !== null);
    assert.equal(selectNodes(tree, matcher).length, 1);
    const tests = matcher.begin(tree, new SelectorSteps(900));
    for (let node = 1; node < tree.size; node++) assert.equal(tests(node), false);
  }
});
