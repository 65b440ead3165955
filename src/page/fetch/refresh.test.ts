import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../test/support/assert-linear.ts";
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

/** Of a page, as much is looked through. */
const SCANNED_BYTES = 64 * 1024;

test("a hostile page is looked through in linear time", () => {
  const spaces = ["<p http-equiv=", "<p http-equiv", '<p http-equiv="'].map((start) => [
    start,
    " ",
  ]);
  const units = ["<meta ", "<", '<meta a="', "<a '", "<!--", "<title>", "</", "<meta x=y "];
  for (const [start = "", unit = ""] of [
    ...spaces,
    ...units.map((unit) => ["<p http-equiv=refresh>", unit]),
  ]) {
    assertLinear(
      (size) => void findMetaRefresh(Buffer.from(start + unit.repeat(size / unit.length))),
      { size: SCANNED_BYTES },
    );
  }
});

test("a hostile refresh is read in linear time", () => {
  for (const make of [
    (size: number) => " ".repeat(size),
    (size: number) => `1${" ".repeat(size)}x`,
    (size: number) => `1${" ".repeat(size)};${" ".repeat(size)}url${" ".repeat(size)}`,
  ]) {
    assertLinear((size) => void parseRefresh(make(size)), { size: SCANNED_BYTES });
  }
});
