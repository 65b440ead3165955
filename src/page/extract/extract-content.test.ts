import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readDocument } from "../format/read/read-document.ts";
import { toText } from "../format/to-text.ts";
import { parseHtml } from "../tree/parse-html.ts";
import { type ExtractOptions, extractContent } from "./extract-content.ts";
import { createTrace } from "./trace.ts";

const DEFAULTS: ExtractOptions = {
  url: "http://page.invalid/",
  onlyMainContent: true,
  includeSelectors: [],
  excludeSelectors: [],
};

function extract(html: string, options: Partial<ExtractOptions> = {}): string {
  return toText(readDocument(extractContent(parseHtml(html), { ...DEFAULTS, ...options })));
}

const FILLER =
  "The harbour was built when ships still came up the river, and for a long time nobody asked who should pay for it. ";
const prose = (about: string, sentences = 3) => `<p>${about}: ${FILLER.repeat(sentences)}</p>`;
const MENU = `<nav><ul>${["Home", "News", "Sport", "Culture", "Contact"].map((name) => `<li><a href="/${name}">${name}</a>`).join("")}</ul></nav>`;
const FOOT = `<footer><p>Imprint and privacy</p><p><a href="/terms">Terms of use</a></p></footer>`;
const page = (content: string, title = "A page") =>
  `<!doctype html><title>${title}</title><body>${MENU}${content}${FOOT}`;

interface Case {
  readonly promise: string;
  readonly html: string;
  readonly has: readonly string[];
  readonly hasNot: readonly string[];
}

const CASES: readonly Case[] = [
  {
    promise: "an article without menu and footer",
    html: page(
      `<article><h1>The harbour</h1>${prose("One")}${prose("Two")}${prose("Three")}</article>`,
      "The harbour",
    ),
    has: ["The harbour", "One:", "Two:", "Three:"],
    hasNot: ["Culture", "Imprint", "Terms"],
  },
  {
    promise: "an article in elements without any names",
    html: `<title>x</title><body><div><a href=1>Home</a> <a href=2>News</a></div><div><div>${prose("One")}${prose("Two")}${prose("Three")}</div><div><a href=3>Older</a><a href=4>Newer</a></div></div>`,
    has: ["One:", "Two:", "Three:"],
    hasNot: ["Home", "Newer"],
  },
  {
    promise: "comments below an article stay out",
    html: page(
      `<main><h1>The harbour</h1>${prose("One", 5)}${prose("Two", 5)}${prose("Three", 5)}</main><section class="comments"><h2>Comments</h2><div class=comment><p>First! I like ships.</p></div><div class=comment><p>So do I.</p></div></section>`,
    ),
    has: ["One:", "Three:"],
    hasNot: ["First!", "So do I"],
  },
  {
    promise: "every post of a thread",
    html: page(
      `<h1>Who paid for the harbour?</h1>${["ann", "bob", "cid"].map((name) => `<div class="post"><div class="author"><a href="/u/${name}">${name}</a></div><div class="message">${prose(`Says ${name}`, 2)}</div></div>`).join("")}`,
      "Who paid for the harbour?",
    ),
    has: ["Says ann", "Says bob", "Says cid"],
    hasNot: ["Imprint"],
  },
  {
    promise: "posts that are there without scripts alone",
    html: page(
      `<div id=app></div><noscript><div class=post>${prose("Says ann")}</div><div class=post>${prose("Says bob")}</div><div class=post>${prose("Says cid")}</div></noscript>`,
    ),
    has: ["Says ann", "Says bob"],
    hasNot: ["Imprint"],
  },
  {
    promise: "lists, tables and code of a documentation page",
    html: page(
      `<main><h1>Setting up</h1>${prose("First")}<pre><code>install it\nrun it</code></pre><h2>Options</h2>${prose("Some")}<table><tr><th>Name<th>Meaning<tr><td>port<td>where it listens</table><h2>Steps</h2>${prose("Then")}<ol><li>Open the door of the house<li>Walk in and sit down</ol></main>`,
      "Setting up",
    ),
    has: ["run it", "where it listens", "Walk in"],
    hasNot: ["Culture"],
  },
  {
    promise: "a part for small screens is not told twice",
    html: page(
      `<main><div class=desktop><h1>The harbour</h1>${prose("One")}${prose("Two")}</div><div class=mobile><h1>The harbour</h1>${prose("One")}${prose("Two")}</div></main>`,
      "The harbour",
    ),
    has: ["One:", "Two:"],
    hasNot: [],
  },
  {
    promise: "a page of a few words as it is",
    html: "<title>x</title><h1>Closed</h1><p>We are back on Monday.",
    has: ["Closed", "We are back on Monday."],
    hasNot: [],
  },
  {
    promise: "scripts, styles and templates are never content",
    html: page(
      `<main>${prose("One")}<script>var hidden = "script text";</script><style>.a{content:"style text"}</style><template><p>template text</p></template>${prose("Two")}</main>`,
    ),
    has: ["One:", "Two:"],
    hasNot: ["script text", "style text", "template text"],
  },
];

for (const { promise, html, has, hasNot } of CASES) {
  test(`content: ${promise}`, () => {
    const text = extract(html);
    for (const part of has) assert.ok(text.includes(part), `${part} is in\n${text}`);
    for (const part of hasNot) assert.ok(!text.includes(part), `${part} is not in\n${text}`);
  });
}

test("a part that stands twice is told once", () => {
  const text = extract(CASES.find(({ promise }) => promise.includes("twice"))?.html ?? "");
  assert.equal(text.split("One:").length, 2);
});

const ARTICLE = page(
  `<main><h1>Title</h1>${prose("One")}<aside id=box>boxed</aside>${prose("Two")}</main>`,
);

test("the whole page has menus and footers, and no scripts", () => {
  const text = extract(`${ARTICLE}<script>code</script>`, { onlyMainContent: false });
  for (const part of ["Culture", "One:", "boxed", "Imprint"]) assert.ok(text.includes(part), part);
  assert.ok(!text.includes("code"));
});

test("what the caller includes is the content, whatever it is", () => {
  assert.equal(
    extract(ARTICLE, { includeSelectors: ["footer p:last-child", "#box"] }),
    "boxed\n\nTerms of use",
  );
});

test("what the caller excludes is left out, also inside of what is included", () => {
  const options = { includeSelectors: ["main"], excludeSelectors: ["aside", "p"] };
  assert.equal(extract(ARTICLE, options), "Title");
  assert.ok(!extract(ARTICLE, { excludeSelectors: ["h1"] }).includes("Title"));
});

test("all selectors of a request share one budget of steps, and the trace says when it was used up", () => {
  const tree = parseHtml("<div>".repeat(500) + "<p>x".repeat(20_000));
  const dear = `a ${"div ".repeat(30)} p`;
  const notesFor = (excludeSelectors: string[]): readonly string[] => {
    const trace = createTrace(() => 0);
    extractContent(tree, { ...DEFAULTS, onlyMainContent: false, excludeSelectors }, trace);
    return trace.steps.find(({ stage }) => stage === "exclude")?.notes ?? [];
  };
  assert.deepEqual(notesFor(["p"]), []);
  assert.match(notesFor([dear, "p"])[0] ?? "", /given up/);
});

test("what two selectors select, one inside of the other, is there once", () => {
  const html = "<ul><li>a<b>b</b></li></ul><p>c</p>";
  assert.equal(extract(html, { includeSelectors: ["b", "ul", "li"] }), "- ab");
  assert.equal(extract(html, { includeSelectors: ["body"], excludeSelectors: ["b", "ul"] }), "c");
});

test("a selector that is none selects nothing", () => {
  assert.equal(extract(ARTICLE, { includeSelectors: ["p["] }), "");
  assert.ok(extract(ARTICLE, { excludeSelectors: ["p["] }).includes("One:"));
});

test("the trace names each stage in order, and says what was dropped and why", () => {
  let now = 0;
  const trace = createTrace(() => now++);
  extractContent(
    parseHtml(page(`<main>${prose("One", 4)}${prose("Two", 4)}</main>`)),
    DEFAULTS,
    trace,
  );
  assert.deepEqual(
    trace.steps.map(({ stage }) => stage),
    ["survey", "judge", "pick", "tidy", "keep", "exclude"],
  );
  assert.ok(trace.steps.every(({ ms }) => ms === 1));
  const notes = trace.steps.flatMap((step) => step.notes).join("\n");
  assert.match(notes, /^kept 2 of 9 blocks, \d+ of \d+ words$/m);
  assert.match(notes, /^kept <main>, \d+ words: .+ \(\+\d\.\d\)/m);
  assert.match(notes, /^dropped <footer>, 6 words: is within what is called footer \(-\d\.\d\)/m);
});

const PIECES =
  "<p>|</p>|<h1>|</h1>|<div class=content>|<div class=sidebar>|</div>|<ul>|<li>|</ul>|<table>|<tr>|<td>|</table>|<nav>|</nav>|<footer>|</footer>|<noscript>|</noscript>|<figure>|<img src=a>|<figcaption>|</figure>|<pre>|</pre>|<a href=x>|</a>|<form>|<button>|</button>|<main>|</main>|<svg>|</svg>|<script>|</script>|words, and more of them. |w|<br>|&amp;|<template>|</template>|<title>|</title>".split(
    "|",
  );

test("no page is too ugly: the same choice each time, and only texts of the page", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 80 }), (pieces) => {
      const tree = parseHtml(pieces.join(""));
      const { keep } = extractContent(tree, DEFAULTS);
      assert.deepEqual(extractContent(tree, DEFAULTS).keep, keep);
      for (let node = 1; node < tree.size; node++) {
        if (keep[node] === 1) assert.equal(keep[tree.parent[node] ?? 0], 1, "kept in what is kept");
      }
    }),
    { numRuns: 300 },
  );
});
