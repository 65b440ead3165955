import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../../tree/parse-html.ts";
import { Tag } from "../../tree/tag.ts";
import { Hint, readHints } from "./hints.ts";

function hintsOf(attributes: string, name = "div"): string {
  const tree = parseHtml(`<body><${name} ${attributes}>`);
  const bits = readHints(tree)[tree.tag.indexOf(Tag.BODY) + 1] ?? 0;
  const found = Object.entries(Hint).filter(([, bit]) => (bits & bit) > 0);
  return found.map(([hint]) => hint).join(" ");
}

const CASES: readonly (readonly [attributes: string, hints: string])[] = [
  ["class=navbar", "NAVIGATION"],
  ["class='x site-nav y'", "NAVIGATION"],
  ["class=mainNav", "NAVIGATION MAIN"],
  ["class=Related_Posts2", "RELATED"],
  ["id=sidebar", "ASIDE"],
  ["class=side-bar", "ASIDE"],
  ["class='side bar'", ""],
  ["class=canvas", ""],
  ["class=postbody id=p123", "POST"],
  ["role=navigation", "NAVIGATION"],
  ["class=entry-content", "CONTENT ARTICLE"],
  ["", ""],
];

for (const [attributes, hints] of CASES) {
  test(`hints of ${attributes === "" ? "nothing" : attributes}`, () => {
    assert.equal(hintsOf(attributes), hints);
  });
}

test("names of elements hint as names of classes do", () => {
  assert.equal(hintsOf("", "nav"), "NAVIGATION");
  assert.equal(hintsOf("class=comments", "aside"), "ASIDE COMMENTS");
});

test("what body is called says what the page is, and hints at nothing", () => {
  const tree = parseHtml("<body class='menu-open article'>");
  assert.equal(readHints(tree)[tree.tag.indexOf(Tag.BODY)], 0);
});
