import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../test/support/assert-linear.ts";
import type { PageMetadata } from "../../contract/page.ts";
import { NO_METADATA } from "../../contract/page.ts";
import { parseHtml } from "../tree/parse-html.ts";
import { readMetadata } from "./read-metadata.ts";

const URL = "https://www.example.com/2024/05/03/story";

function metadata(html: string, url = URL): PageMetadata {
  return readMetadata(parseHtml(html), { url });
}

test("a page that says nothing has nothing", () => {
  assert.deepEqual(metadata("<p>x</p>", "https://example.com/"), NO_METADATA);
});

const TITLES: readonly (readonly [what: string, html: string, expected: string])[] = [
  ["the site's name is cut off by its host", "<title>Story – Example</title>", "Story"],
  ["and from the front", "<title>Example.com | Story</title>", "Story"],
  [
    "and as the page names it",
    '<meta property="og:site_name" content="The Daily"><title>Story - More - The Daily</title>',
    "Story - More",
  ],
  [
    "a heading that the title confirms is the title",
    "<title>Story, told | X</title><h1>Story told</h1>",
    "Story told",
  ],
  [
    "a heading that has nothing to do with it is not",
    "<title>Story of a page</title><h1>Subscribe now</h1>",
    "Story of a page",
  ],
  ["without a title the heading is it", "<h1>Only heading</h1>", "Only heading"],
  ["the title of a picture is none", "<svg><title>Icon</title></svg><h1>Page</h1>", "Page"],
  ["white space is folded", "<title>\n A \n  b </title>", "A b"],
];

for (const [what, html, expected] of TITLES) {
  test(`title: ${what}`, () => assert.equal(metadata(html).title, expected));
}

test("machine-readable sources come before what is seen", () => {
  const page = metadata(
    `<meta name="author" content="Meta Author"><script type="application/ld+json">{"@type":"Article","author":{"name":"Ld Author"},"datePublished":"2023-01-02"}</script>
     <h1>T</h1><p class="byline">By Seen Author</p><time datetime="2022-01-01">x</time>`,
  );
  assert.equal(page.author, "Ld Author");
  assert.equal(page.publishedAt, "2023-01-02");
});

test("the site's own name is the author only where nobody else is named", () => {
  const site =
    '<meta property="og:site_name" content="The Daily"><meta name="author" content="The Daily">';
  assert.equal(metadata(`${site}<h1>T</h1><p class="author">Jane Roe</p>`).author, "Jane Roe");
  assert.equal(metadata(`${site}<h1>T</h1>`).author, "The Daily");
});

test("who comments is not the author, and when is not the date", () => {
  const page = metadata(
    `<h1>T</h1><div class="comments"><span class="author">Troll</span><time datetime="2020-01-01">x</time></div>`,
    "https://example.com/t",
  );
  assert.equal(page.author, null);
  assert.equal(page.publishedAt, null);
});

test("microdata is read where it is seen", () => {
  const page = metadata(
    '<div itemscope><span itemprop="author" itemscope><span itemprop="name">Mika Data</span></span><meta itemprop="datePublished" content="2024-05-03"><time itemprop="dateModified" datetime="2024-05-04">x</time></div>',
  );
  assert.deepEqual(
    [page.author, page.publishedAt, page.modifiedAt],
    ["Mika Data", "2024-05-03", "2024-05-04"],
  );
});

test("the address tells the day where nothing else does", () => {
  assert.equal(metadata("<h1>T</h1>").publishedAt, "2024-05-03");
});

test("a zone is never made up", () => {
  assert.equal(
    metadata('<meta property="article:published_time" content="2024-05-03T10:00:00">').publishedAt,
    "2024-05-03",
  );
});

const LANGUAGES: readonly (readonly [html: string, expected: string | null])[] = [
  ['<html lang="en_us">', "en-US"],
  ['<html lang="zh-hant-tw">', "zh-Hant-TW"],
  ['<html lang="{{lang}}"><meta property="og:locale" content="de_DE">', "de-DE"],
  ['<meta http-equiv="Content-Language" content="fr, en">', "fr"],
  ["<html>", null],
];

for (const [html, expected] of LANGUAGES) {
  test(`language of ${html} is ${expected}`, () => assert.equal(metadata(html).language, expected));
}

test("addresses are absolute, and only http ones count", () => {
  const page = metadata(
    '<base href="/b/"><link rel="canonical" href="javascript:x"><meta property="og:url" content="story"><meta property="og:image" content="data:x"><meta name="twitter:image" content="//cdn.example/i.jpg">',
  );
  assert.equal(page.canonicalUrl, "https://www.example.com/b/story");
  assert.equal(page.image, "https://cdn.example/i.jpg");
});

test("texts are bounded and well formed", () => {
  const page = metadata(
    `<title>${"😀x ".repeat(5000)}</title><meta name="description" content="${"😀".repeat(5000)}">`,
  );
  assert.ok((page.title?.length ?? 0) <= 500);
  assert.ok((page.description?.length ?? 0) <= 2000);
  assert.ok(page.title?.isWellFormed() && page.description?.isWellFormed());
});

const HOSTILE: readonly ((size: number) => string)[] = [
  (size) => '<div class="author date">1 x</div>'.repeat(size),
  (size) => "<p>By 1 2 3</p>".repeat(size),
  (size) => "<h1>a | b</h1>".repeat(size),
  (size) => `<title>${" | x".repeat(size)}</title>`,
  (size) => `<script type="application/ld+json">${'{"@graph":['.repeat(size)}</script>`,
  (size) => '<div class="author">'.repeat(size),
  (size) => "<p>1 2 3 4 5 6</p>".repeat(size),
];

test("hostile pages are read in linear time", () => {
  for (const write of HOSTILE) {
    assertLinear((size) => void metadata(write(size), "https://example.com/"), { size: 20_000 });
  }
});
