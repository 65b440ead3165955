import assert from "node:assert/strict";
import { test } from "node:test";
import { assertLinear } from "../../../test/support/assert-linear.ts";
import { parseContentType } from "./content-type.ts";

const HEADERS: readonly (readonly [header: string, mediaType: string, charset: string | null])[] = [
  ["text/html", "text/html", null],
  ["Text/HTML; Charset=UTF-8", "text/html", "UTF-8"],
  ["text/html;charset=utf-8", "text/html", "utf-8"],
  ["text/html; a=b; charset=koi8-r ; c=d", "text/html", "koi8-r"],
  ['text/html; charset="utf-8"', "text/html", "utf-8"],
  ['text/html; x="charset=a"; charset=b', "text/html", "b"],
  ['text/html; x="a;charset=b"; charset=c', "text/html", "c"],
  ['text/html; charset="utf-8', "text/html", "utf-8"],
  ['text/html; charset="a\\"b"', "text/html", 'a"b'],
  ["text/html; charset=", "text/html", null],
  ["text/html; xcharset=a", "text/html", null],
  ["application/ld+json", "application/ld+json", null],
  ["text/html, text/plain", "text/plain", null],
  ["text/html; charset=a, text/html", "text/html", "a"],
  ["text/html; charset=a, text/html; charset=b", "text/html", "b"],
  ["text/html; charset=a, text/plain", "text/plain", null],
  ["text/html; charset=a, nonsense, */*", "text/html", "a"],
  ['text/html; x="a,b"; charset=c', "text/html", "c"],
];

test("the media type and the charset are read as the Fetch standard says", () => {
  for (const [header, mediaType, charset] of HEADERS) {
    assert.deepEqual(parseContentType(header), { mediaType, charset }, header);
  }
});

test("what is no media type says nothing", () => {
  for (const header of [undefined, "", "nonsense", "*/*", "text/", "/html", "te xt/html", ", ,"]) {
    assert.equal(parseContentType(header), null, String(header));
  }
});

test("a hostile header is read in linear time", () => {
  for (const unit of ['"', '"\\', ";charset", "a,", 'a/b;c="', " ;"]) {
    assertLinear((size) => void parseContentType(`text/html; ${unit.repeat(size)}`), {
      size: 80_000,
    });
  }
});
