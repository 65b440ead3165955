import assert from "node:assert/strict";
import { test } from "node:test";
import { isSameOrigin } from "./is-same-origin.ts";
import { normalizeUrl, resolveLink, resolveUrl } from "./resolve-url.ts";

test("an address is written in one way, without its fragment", () => {
  const spellings = [
    "HTTP://Example.COM:80/a/../b?q=1#part",
    " http://example.com/b?q=1 ",
    "http://example.com/b?q=1#",
    "http:\\\\example.com\\b?q=1",
  ];
  for (const spelling of spellings) {
    assert.equal(normalizeUrl(spelling), "http://example.com/b?q=1");
  }
});

test("what is not absolute http or https has no address", () => {
  for (const url of ["", "/path", "ftp://example.com/", "javascript:alert(1)", "http://", "a b"]) {
    assert.equal(normalizeUrl(url), null);
  }
});

test("a reference is resolved against its page", () => {
  const base = "https://example.com/docs/guide?x=1";
  const targets = [
    ["intro", "https://example.com/docs/intro"],
    ["../a b", "https://example.com/a%20b"],
    ["//cdn.example.com/x", "https://cdn.example.com/x"],
    ["?page=2", "https://example.com/docs/guide?page=2"],
    ["#part", "https://example.com/docs/guide?x=1"],
    ["", "https://example.com/docs/guide?x=1"],
    ["\n/wrapped\n/line", "https://example.com/wrapped/line"],
    ["http://bücher.example/", "http://xn--bcher-kva.example/"],
  ] as const;
  for (const [href, target] of targets) assert.equal(resolveUrl(base, href), target);
});

test("a reference that leads out of the web has no address", () => {
  for (const href of ["mailto:a@example.com", "data:text/html,x", "tel:+1", "http://[", "blob:x"]) {
    assert.equal(resolveUrl("https://example.com/", href), null);
  }
  assert.equal(resolveUrl("not a base", "page"), null);
});

test("a link keeps its fragment", () => {
  assert.equal(resolveLink("https://example.com/a", "b#part"), "https://example.com/b#part");
  assert.equal(resolveLink("https://example.com/a", "mailto:a@example.com"), null);
});

test("an origin is scheme, host and port", () => {
  const origin = new URL("https://example.com/a");
  assert.ok(isSameOrigin(origin, new URL("https://example.com:443/b")));
  for (const other of [
    "http://example.com/a",
    "https://example.com:8443/a",
    "https://www.example.com/a",
  ]) {
    assert.ok(!isSameOrigin(origin, new URL(other)));
  }
});
