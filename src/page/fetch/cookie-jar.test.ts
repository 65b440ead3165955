import assert from "node:assert/strict";
import { test } from "node:test";
import { createCookieJar } from "./cookie-jar.ts";

const SITE = new URL("https://www.shop.co.uk/a/page");

function namesFor(url: string, ...setCookies: string[]): string[] {
  const jar = createCookieJar();
  jar.store(SITE, setCookies);
  return jar.cookiesFor(new URL(url)).map(({ name }) => name);
}

test("a cookie goes to its host, and with a domain to what is below it", () => {
  const cookies = ["host=1; Path=/", "domain=1; Path=/; Domain=shop.co.uk"];
  assert.deepEqual(namesFor("https://www.shop.co.uk/", ...cookies), ["host", "domain"]);
  assert.deepEqual(namesFor("https://cart.shop.co.uk/", ...cookies), ["domain"]);
  assert.deepEqual(namesFor("https://evilshop.co.uk/", ...cookies), []);
});

test("a cookie for a public suffix, or for somebody else, is not taken", () => {
  for (const domain of ["co.uk", "uk", "other.co.uk", "cart.shop.co.uk"]) {
    assert.deepEqual(namesFor(SITE.href, `x=1; Path=/; Domain=${domain}`), [], domain);
  }
});

test("a secure cookie is not sent in the clear", () => {
  assert.deepEqual(namesFor("http://www.shop.co.uk/", "x=1; Path=/; Secure"), []);
  assert.deepEqual(namesFor("https://www.shop.co.uk/", "x=1; Path=/; Secure"), ["x"]);
});

test("a cookie that has expired is gone", () => {
  assert.deepEqual(namesFor(SITE.href, "x=1", "x=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), []);
});

test("it says whether anything was taken", () => {
  const jar = createCookieJar();
  assert.equal(jar.store(SITE, []), false);
  assert.equal(jar.store(SITE, ["x=1; Domain=co.uk", "", `large=${"x".repeat(5000)}`]), false);
  assert.equal(jar.store(SITE, ["x=1"]), true);
});

test("a site cannot fill the memory", () => {
  const jar = createCookieJar();
  jar.store(
    SITE,
    Array.from({ length: 500 }, (_, index) => `c${index}=1`),
  );
  assert.equal(jar.cookiesFor(SITE).length, 100);
});
