import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const read = async (path: string) =>
  readPage(await lab.api.extract({ url: lab.site.url + path, formats: ["html", "markdown"] }));
const fail = async (path: string) =>
  readFailure(await lab.api.extract({ url: lab.site.url + path }));

const FOLLOWED = [
  ...[301, 302, 303, 307, 308].map((status) => `/redirect?status=${status}&to=/article`),
  ...["/redirect?to=article", "/redirect?to=/article%23part", "/redirect/big-body"],
  ...["/refresh", "/refresh?seconds=10"],
];

test("redirects and meta refreshes of at most 10 s are followed and listed", async () => {
  for (const path of FOLLOWED) {
    const { metadata, data } = await read(path);
    assert.match(data.markdown ?? "", /The mill turns again/, path);
    assert.equal(metadata.url, lab.site.url + path);
    assert.equal(metadata.response.final_url.replace("#part", ""), `${lab.site.url}/article`);
    assert.equal(metadata.response.redirects.length, 1, path);
  }
});

test("a meta refresh of more than 10 s, or to the page itself, is not followed", async () => {
  const later = await read("/refresh?seconds=11");
  assert.deepEqual(later.metadata.response.redirects, []);
  const reload = await read("/refresh/reload");
  assert.match(reload.data.markdown ?? "", /Live scores/);
});

test("10 redirects are followed in order, the 11th is too many", async () => {
  const { metadata } = await read("/redirect/chain/10");
  assert.deepEqual(
    metadata.response.redirects,
    [...Array.from({ length: 9 }, (_, index) => `/redirect/chain/${9 - index}`), "/article"].map(
      (path) => lab.site.url + path,
    ),
  );
  const { error } = await fail("/redirect/chain/11");
  assert.equal(error.code, "NETWORK_ERROR");
  assert.equal(error.details?.["reason"], "too_many_redirects");
  assert.equal(error.retryable, false);
});

test("loops end as too many redirects, and are not tried again", async () => {
  for (const path of ["/redirect/loop", "/redirect/growing", "/refresh/loop"]) {
    lab.site.reset();
    const { error } = await fail(path);
    assert.deepEqual(
      [error.code, error.details?.["reason"]],
      ["NETWORK_ERROR", "too_many_redirects"],
      path,
    );
    assert.ok(lab.site.requests.length <= 11, `${path}: ${lab.site.requests.length} requests`);
  }
});

test("the way leads to other origins", async () => {
  const { metadata } = await read("/redirect/other");
  assert.equal(metadata.response.final_url, `${lab.site.otherUrl}/echo`);
});

test("a Location of raw UTF-8 is understood", async () => {
  const { metadata } = await read("/redirect/raw-utf8");
  assert.equal(metadata.response.final_url, `${lab.site.url}/echo/stra%C3%9Fe%201`);
});

test("a redirect that does not say where to is no page", async () => {
  const answer = await lab.api.extract({ url: `${lab.site.url}/redirect/without-location` });
  const { error } = readFailure(answer);
  assert.ok(["NETWORK_ERROR", "UNPROCESSABLE_CONTENT"].includes(error.code), error.code);
});

const FORBIDDEN = [
  ...["private", "loopback", "ipv6-loopback", "mapped", "decimal", "octal", "metadata"],
  ...["localhost", "credentials", "file", "javascript", "data", "ftp", "nowhere"],
];
const ADDRESSES =
  /10\.0\.0\.1|127\.0\.0\.1:9|::1|::ffff|167772161|169\.254|localhost|secret|passwd/;

test("a redirect to where nobody should go is INVALID_URL that does not say where", async () => {
  for (const way of ["redirect", "refresh"]) {
    for (const target of FORBIDDEN) {
      const { error } = await fail(`/${way}/to/${target}`);
      assert.equal(error.code, "INVALID_URL", `${way} to ${target}`);
      assert.equal(error.retryable, false);
      assert.doesNotMatch(JSON.stringify(error), ADDRESSES, `${way} to ${target}`);
    }
  }
});

test("the reason of a forbidden redirect tells the address from the scheme", async () => {
  const address = await fail("/redirect/to/private");
  assert.equal(address.error.details?.["reason"], "address_not_allowed");
  const scheme = await fail("/redirect/to/ftp");
  assert.equal(scheme.error.details?.["reason"], "redirect");
});
