import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../test/support/assert-linear.ts";
import { parseHtml } from "../tree/parse-html.ts";
import { AddressRoom } from "../url/address-room.ts";
import { readLinks } from "./read-links.ts";

const URL = "https://example.com/docs/page?x=1";

function links(html: string): string[] {
  return readLinks(parseHtml(html), { url: URL });
}

test("links are absolute, without fragment, each once and in document order", () => {
  assert.deepEqual(
    links(
      `<a href="b">B</a><a href="/a#top">A</a><a href="b#x">B again</a><a href=" //cdn.example/c ">C</a>`,
    ),
    ["https://example.com/docs/b", "https://example.com/a", "https://cdn.example/c"],
  );
});

test("areas of a map are links, and what is inside of noscript and hidden parts", () => {
  assert.deepEqual(
    links(
      `<map><area href="area"></map><noscript><a href="n">n</a></noscript><p hidden><a href="h">h</a></p>`,
    ),
    ["https://example.com/docs/area", "https://example.com/docs/n", "https://example.com/docs/h"],
  );
});

test("the first base with an address counts, also a relative one", () => {
  assert.deepEqual(
    links(`<base target="_blank"><base href="/v2/"><base href="/v3/"><a href="x">x</a>`),
    ["https://example.com/v2/x"],
  );
});

test("a base that is no http address is as good as none", () => {
  assert.deepEqual(links(`<base href="data:,x"><a href="x">x</a>`), ["https://example.com/docs/x"]);
});

test("a base too long to be repeated in each address is as good as none", () => {
  const base = `/${"x".repeat(3000)}/`;
  assert.deepEqual(links(`<base href="${base}"><a href="x">x</a>`), ["https://example.com/docs/x"]);
});

test("a base that grows too long when it is resolved is as good as none", () => {
  assert.deepEqual(links(`<base href="/${"日".repeat(300)}/"><a href="x">x</a>`), [
    "https://example.com/docs/x",
  ]);
});

test("links are left out from where there is no room for them, and long ones always", () => {
  const tree = parseHtml(
    `<base href="/${"b".repeat(2000)}/"><a href="/${"x".repeat(9000)}">long</a>` +
      Array.from({ length: 1000 }, (_, i) => `<a href="${i}">p</a>`).join(""),
  );
  const found = readLinks(tree, { url: URL }, new AddressRoom(0));
  assert.equal(found.length, 259);
  assert.ok(found.join("").length <= 512 * 1024);
  assert.match(found[0] ?? "", /^https:\/\/example\.com\/b{2000}\/0$/);
});

test("a link within the page is the page, and other schemes are no links", () => {
  assert.deepEqual(
    links(
      `<a href="#a">a</a><a href="">b</a><a href="mailto:x@example.com">m</a><a href="java\nscript:alert(1)">j</a><a href="http://[">broken</a><a>none</a>`,
    ),
    [URL],
  );
});

test("entities in addresses are decoded and odd characters encoded once", () => {
  assert.deepEqual(links(`<a href="/s?a=1&amp;b=ü x">s</a>`), [
    "https://example.com/s?a=1&b=%C3%BC%20x",
  ]);
});

test("fifty thousand links of a page are read in linear time", () => {
  assertLinear(
    (size) => {
      const html = Array.from({ length: size }, (_, i) => `<a href="/p/${i}">p</a>`).join("");
      assert.equal(links(html).length, size);
    },
    { size: 50_000 },
  );
});
