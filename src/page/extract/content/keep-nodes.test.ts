import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../../tree/parse-html.ts";
import { Tag } from "../../tree/tag.ts";
import { keepNodes } from "./keep-nodes.ts";
import { surveyPage } from "./survey.ts";

/** The ids of kept elements, and the kept texts, of a page on which the blocks with a * were picked. */
function kept(html: string): string {
  const tree = parseHtml(html);
  const survey = surveyPage(tree);
  const starts = survey.blocks.start.subarray(0, survey.blocks.count);
  const picked = Uint8Array.from(starts, (node) => (tree.text(node).includes("*") ? 1 : 0));
  const keep = keepNodes(survey, picked);
  const names = Array.from(keep, (isKept, node) => {
    if (isKept === 0) return "";
    return tree.tag[node] === Tag.TEXT ? tree.text(node) : (tree.attribute(node, "id") ?? "");
  });
  return names.filter((name) => name.trim() !== "").join(" ");
}

const CASES: readonly (readonly [promise: string, html: string, expected: string])[] = [
  [
    "picked texts with what is around them",
    "<div id=a><p id=b>*x</p><p id=c>y</p></div>",
    "a b *x",
  ],
  ["all of a block", "<p id=a>*x <b id=b>y</b> z</p>", "a *x  b y  z"],
  ["a picture between kept texts", "<div id=a><p>*x<img id=i src=s><p>*y</div>", "a *x i *y"],
  [
    "a picture in a dropped text is dropped",
    "<div id=a><p>*x</p>y <img id=i> z<p>*w</div>",
    "a *x *w",
  ],
  ["a wordless wrapper", "<div id=a><p>*x</p><div id=b><img id=i></div></div>", "a *x b i"],
  [
    "a picture above the first text of a page is its logo",
    "<img id=i><p id=a>*x</p><img id=j><p>*y",
    "a *x j *y",
  ],
  [
    "a picture above the first text of an element is its own",
    "<div id=a><img id=i><p>*x</div>",
    "a i *x",
  ],
  [
    "scripts and templates never",
    "<p>*x</p><script id=s>y</script><template id=t></template><p>*z",
    "*x *z",
  ],
  [
    "frames and videos as pictures are",
    "<p>*x</p><iframe id=f></iframe><video id=v></video><p>*z",
    "*x f v *z",
  ],
  [
    "a picture for browsers without scripts where it is the only one",
    "<div id=a>*x<noscript id=n><img id=i src=s></noscript><p>*y</div>",
    "a *x n i *y",
  ],
  [
    "but not a second time",
    "<div id=a>*x<img id=i src=s><noscript id=n><img id=j src=s></noscript><p>*y</div>",
    "a *x i *y",
  ],
  ["nothing where nothing was picked", "<img id=i><p id=a>x", ""],
];

for (const [promise, html, expected] of CASES) {
  test(`keep: ${promise}`, () => {
    assert.equal(kept(html), expected);
  });
}
