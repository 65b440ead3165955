import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAbsoluteForm, parseAuthorityForm } from "./parse-proxy-target.ts";

const AUTHORITIES = [
  ["page.test:443", "https://page.test/"],
  ["page.test:80", "http://page.test/"],
  ["page.test:8080", "https://page.test:8080/"],
  ["Page.TEST.:443", "https://page.test./"],
  ["my_page.test:443", "https://my_page.test/"],
  ["93.184.215.14:443", "https://93.184.215.14/"],
  ["0x7f.1:443", "https://127.0.0.1/"],
  ["[2600:1406::1]:443", "https://[2600:1406::1]/"],
  ["[::ffff:10.0.0.1]:80", "http://[::ffff:a00:1]/"],
] as const;

for (const [target, url] of AUTHORITIES) {
  test(`CONNECT ${target} means ${url}`, () => {
    assert.equal(parseAuthorityForm(target)?.href, url);
  });
}

const NO_AUTHORITIES = [
  ...["", ":443", "page.test", "page.test:", "page.test:65536", "page.test:-1", "page.test:+80"],
  ...["page.test:4 43", "page.test:443 ", " page.test:443", "page test:443", "page.test:443/"],
  ...["page.test:443/path", "page.test:443?q", "page.test:443#f", "page.test:443:443"],
  ...["user@page.test:443", "user:password@page.test:443", "page.test:443@10.0.0.1:443"],
  ...["http://page.test:443", "page.test\\@10.0.0.1:443", "page.test:443\\", "page.test:http"],
  ...["[fe80::1%25eth0]:443", "[fe80::1%eth0]:443", "[::1:443", "::1:443", "[page.test]:443"],
  ...["page.test%00:443", "%31%32%37.0.0.1:443", "page.test\u3002:443", "p\u00e4ge.test:443"],
  ...["page.test:443\t", "page.test\n:443", "page.test:\u0664\u0664\u0663", "256.1.1.1.1:443"],
];

for (const target of NO_AUTHORITIES) {
  test(`CONNECT ${JSON.stringify(target)} means nothing`, () => {
    assert.equal(parseAuthorityForm(target), null);
  });
}

test("a plain request names its URL whole", () => {
  for (const [target, url] of [
    ["http://page.test/a?b", "http://page.test/a?b"],
    ["HTTP://Page.TEST:80", "http://page.test/"],
    ["http://[::1]:8080/", "http://[::1]:8080/"],
  ] as const) {
    assert.equal(parseAbsoluteForm(target)?.href, url);
  }
  for (const target of [
    ...["", "/", "*", "//page.test/", "page.test/", "https://page.test/", "ws://page.test/"],
    ...[
      "http:/page.test/",
      "http:page.test",
      "http:///page.test/",
      "http://",
      "file:///etc/passwd",
    ],
    ...["http://@page.test/", "http:\\\\page.test\\", "http://[::1/", "http://page.test:99999/"],
  ]) {
    assert.equal(parseAbsoluteForm(target), null, target);
  }
});
