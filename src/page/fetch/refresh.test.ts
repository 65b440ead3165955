import assert from "node:assert/strict";
import { test } from "node:test";
import { findMetaRefresh, parseRefresh } from "./refresh.ts";

const CONTENTS: readonly (readonly [content: string, seconds: number, reference: string | null])[] =
  [
    ["0; url=/a", 0, "/a"],
    ["0;URL='/a'", 0, "/a"],
    ['10 ; url = "/a" ignored', 10, "/a"],
    ["5,/a", 5, "/a"],
    ["5 /a", 5, "/a"],
    [" 3.9; url=/a;b=c", 3, "/a;b=c"],
    [".5; /a", 0, "/a"],
    ["0; url='/never closed", 0, "/never closed"],
    ["0; url", 0, "url"],
    ["5", 5, null],
    ["5;", 5, null],
    ["5; url=", 5, null],
  ];

test("a refresh is read as the HTML standard says", () => {
  for (const [content, delaySeconds, reference] of CONTENTS) {
    assert.deepEqual(parseRefresh(content), { delaySeconds, reference }, content);
  }
});

test("what comes late, or cannot be read, is no refresh", () => {
  for (const content of ["11; url=/a", "300", "", "url=/a", "; url=/a", "-1; url=/a", "5url=/a"]) {
    assert.equal(parseRefresh(content), null, content);
  }
});

test("the first meta refresh counts, wherever browsers would look", () => {
  const pages = [
    [`<meta http-equiv="refresh" content="0; url=/a">`, "0; url=/a"],
    [`<META CONTENT='0; url=/a' HTTP-EQUIV=REFRESH>`, "0; url=/a"],
    [`<p title="<b>"><meta http-equiv=refresh content=0;/a></p>`, "0;/a"],
    [`<meta http-equiv=refresh><meta http-equiv=refresh content=1>`, "1"],
    [`<body><div><meta http-equiv=refresh content="0;/a?x&amp;y&#61;1&#x26;z">`, "0;/a?x&y=1&z"],
    [`<meta http-equiv=refresh content="0;/straße">`, "0;/straße"],
    [`<meta http-equiv=content-type content=refresh>`, null],
    [`<p>http-equiv=refresh</p>`, null],
    [`<title><meta http-equiv=refresh content=1></title>`, null],
    [`<textarea><meta http-equiv=refresh content=1>`, null],
  ] as const;
  for (const [html, content] of pages) {
    assert.equal(findMetaRefresh(Buffer.from(html)), content, html);
  }
});

test("a hostile page takes no time", () => {
  for (const unit of ["<meta ", "<", '<meta a="', "<a '", "<!--", "<title>", "</", "<meta x=y "]) {
    const html = Buffer.from(`<p http-equiv=refresh>${unit.repeat(60_000)}`);
    const begin = performance.now();
    findMetaRefresh(html);
    assert.ok(performance.now() - begin < 300, unit);
  }
});

test("a page of spaces is looked through in linear time", () => {
  const spaces = " ".repeat(65_000);
  const start = performance.now();
  for (const html of [
    `<p http-equiv=${spaces}`,
    `<p http-equiv${spaces}x`,
    `<p http-equiv="${spaces}`,
  ]) {
    assert.equal(findMetaRefresh(Buffer.from(html)), null);
  }
  for (const content of [spaces, `1${spaces}x`, `1${spaces};${spaces}url${spaces}`])
    parseRefresh(content);
  assert.ok(performance.now() - start < 500);
});
