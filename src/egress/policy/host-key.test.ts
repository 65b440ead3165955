import assert from "node:assert/strict";
import { test } from "node:test";
import { hostKey } from "./host-key.ts";

test("every spelling of a host is one key, and another port is another one", () => {
  for (const [address, key] of [
    ["https://Page.Test/a?b#c", "page.test"],
    ["http://page.test:80/", "page.test"],
    ["https://page.test.:443/", "page.test"],
    ["http://page.test./", "page.test"],
    ["http://page.test.:8080/", "page.test:8080"],
    ["http://page.test:443/", "page.test:443"],
    ["http://bücher.test/", "xn--bcher-kva.test"],
    ["http://2130706433:8000/", "127.0.0.1:8000"],
    ["http://[0:0:0:0:0:0:0:1]:8000/", "[::1]:8000"],
  ] as const) {
    assert.equal(hostKey(new URL(address)), key, address);
  }
});
