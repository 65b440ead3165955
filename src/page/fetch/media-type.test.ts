import assert from "node:assert/strict";
import { test } from "node:test";
import { readableAs } from "./media-type.ts";

const TYPES = {
  html: ["text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"],
  text: ["text/plain"],
  markdown: ["text/markdown", "text/x-markdown"],
  json: ["application/json", "text/json", "application/ld+json", "application/feed+json"],
  xml: ["text/xml", "application/xml", "application/rss+xml", "application/atom+xml"],
} as const;

test("pages, texts and data are read, each as what it is", () => {
  for (const [kind, types] of Object.entries(TYPES)) {
    for (const type of types) assert.equal(readableAs(type), kind, type);
  }
});

test("nothing else is read", () => {
  for (const type of [
    ...["application/pdf", "image/png", "image/svg+xml", "text/css", "text/javascript"],
    ...["application/octet-stream", "text/htmlx", "xtext/html", "", "application/zip"],
  ]) {
    assert.equal(readableAs(type), null, type);
  }
});
