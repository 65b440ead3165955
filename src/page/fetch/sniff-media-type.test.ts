import assert from "node:assert/strict";
import { test } from "node:test";
import { sniffMediaType } from "./sniff-media-type.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

test("a page without a type, or with one that says nothing, is what it looks like", () => {
  const looks = [
    ["<!DOCTYPE HTML><p>x", "text/html"],
    ["\n\t <html>", "text/html"],
    ["\xef\xbb\xbf<HEAD >", "text/html"],
    ["<!-- a comment --><p>", "text/html"],
    ["<p>short", "text/html"],
    ['<?xml version="1.0"?><rss/>', "text/xml"],
    ['<rss version="2.0">', "text/xml"],
    ['<feed xmlns="http://www.w3.org/2005/Atom">', "text/xml"],
    ['{"a": 1}', "application/json"],
    ["[1, 2]", "application/json"],
    ["plain words, <b>no page</b>", "text/plain"],
    ["<pre-release> notes", "text/plain"],
    ["caf\xe9", "text/plain"],
    ["\xff\xfea\0b\0", "text/plain"],
    ["", "text/plain"],
    ["a\0b", "application/octet-stream"],
    ["\x01\x02\x03", "application/octet-stream"],
  ] as const;
  for (const declared of [null, "application/octet-stream", "application/unknown"]) {
    for (const [start, mediaType] of looks) {
      assert.equal(sniffMediaType(declared, bytes(start)), mediaType, start);
    }
  }
});

test("a file is what its first bytes say, whatever the server calls it", () => {
  const files = [
    ["%PDF-1.7", "application/pdf"],
    ["\x89PNG\r\n\x1a\n", "image/png"],
    ["\xff\xd8\xff\xe0", "image/jpeg"],
    ["GIF89a", "image/gif"],
    ["RIFF\x01\x02\x03\x04WEBPVP8 ", "image/webp"],
    ["\0\0\0\x1cftypavif", "image/avif"],
    ["\0\0\0\x1cftypisom", "video/mp4"],
    ["PK\x03\x04", "application/zip"],
    ["\x1f\x8b\x08\0", "application/gzip"],
  ] as const;
  for (const declared of [null, "text/html", "text/plain", "application/json"]) {
    for (const [start, mediaType] of files) {
      assert.equal(sniffMediaType(declared, bytes(start)), mediaType, mediaType);
    }
  }
});

test("what the server says counts otherwise", () => {
  assert.equal(sniffMediaType("text/plain", bytes("<!doctype html><p>source")), "text/plain");
  assert.equal(sniffMediaType("text/html", bytes("no tags at all")), "text/html");
  assert.equal(sniffMediaType("application/json", bytes("<html>")), "application/json");
});

test("a binary that is called plain text is none", () => {
  assert.equal(sniffMediaType("text/plain", bytes("\x7fEL\x02\x01")), "application/octet-stream");
  assert.equal(sniffMediaType("text/plain", bytes("form\ffeed\x1b[0m")), "text/plain");
});
