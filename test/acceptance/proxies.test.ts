import assert from "node:assert/strict";
import { test } from "node:test";
import { type HttpProxy, startHttpProxy } from "../support/http-proxy.ts";
import { type Lab, withLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";
import { type SocksProxy, startSocksProxy } from "../support/socks-proxy.ts";

// The proxies here take every name for loopback, so nothing leaves the machine.

const extract = (lab: Lab, fields: Readonly<Record<string, unknown>> = {}) => {
  const { port } = new URL(lab.site.url);
  return lab.api.extract({ url: `http://site.test:${port}/article`, timeout: 8000, ...fields });
};

const proxyAt = ({ port }: HttpProxy | SocksProxy, rest = "") => `127.0.0.1:${port}${rest}`;

test("without a pool, a request that names a proxy fails with PROXY_ERROR no_proxy_configured", async () => {
  await withLab({}, async (lab) => {
    const { error } = readFailure(
      await lab.api.extract({ url: `${lab.site.url}/article`, proxy: { country: "US" } }),
    );
    assert.deepEqual(
      [error.code, error.details?.["reason"], error.retryable],
      ["PROXY_ERROR", "no_proxy_configured", false],
    );
    assert.equal(lab.site.requests.length, 0);
  });
});

test("with a pool every page goes through it, and names are looked up by the proxy", async () => {
  const proxy = await startHttpProxy({ credentials: "me:secret" });
  const env = { QUERN_PROXIES: `http://me:secret@${proxyAt(proxy)}` };
  await withLab(env, async (lab) => {
    const { metadata } = readPage(await extract(lab));
    assert.equal(proxy.asked.length, 1);
    assert.match(proxy.asked[0] ?? "", /site\.test/);
    assert.ok(!Object.hasOwn(metadata, "proxy"), "the request named none");
    assert.ok(!lab.quern.stderr().includes("secret"));
  });
  await proxy.stop();
});

test("a socks5 proxy is handed the name", async () => {
  const proxy = await startSocksProxy({ credentials: { user: "me", password: "secret" } });
  await withLab({ QUERN_PROXIES: `socks5://me:secret@${proxyAt(proxy)}` }, async (lab) => {
    readPage(await extract(lab));
    assert.match(proxy.asked[0] ?? "", /^name site\.test:/);
  });
  await proxy.stop();
});

test("country and type choose the proxy; mix fits any; one that is not there is PROXY_ERROR", async () => {
  const [german, american] = [await startHttpProxy(), await startHttpProxy()];
  const pool = [
    `http://${proxyAt(german, "#country=DE&type=datacenter")}`,
    `http://${proxyAt(american, "#country=US&type=residential")}`,
  ];
  await withLab({ QUERN_PROXIES: pool.join(",") }, async (lab) => {
    const answer = await extract(lab, { proxy: { country: "de", type: "datacenter" } });
    assert.deepEqual(readPage(answer).metadata.proxy, { country: "DE", type: "datacenter" });
    readPage(await extract(lab, { proxy: { country: "DE", type: "mix" } }));
    assert.deepEqual([german.asked.length, american.asked.length], [2, 0]);
    readPage(await extract(lab, { proxy: { country: "US" } }));
    assert.equal(american.asked.length, 1);
    const { error } = readFailure(await extract(lab, { proxy: { country: "FR" } }));
    assert.deepEqual([error.code, error.retryable], ["PROXY_ERROR", false]);
    const wrongType = await extract(lab, { proxy: { country: "DE", type: "residential" } });
    assert.equal(readFailure(wrongType).error.code, "PROXY_ERROR");
  });
  await Promise.all([german.stop(), american.stop()]);
});

test("QUERN_PROXY_DEFAULT=direct leaves the pool to requests that name a proxy", async () => {
  const proxy = await startHttpProxy();
  const env = { QUERN_PROXIES: `http://${proxyAt(proxy)}`, QUERN_PROXY_DEFAULT: "direct" };
  await withLab(env, async (lab) => {
    readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
    assert.equal(proxy.asked.length, 0);
    readPage(await extract(lab, { proxy: { type: "mix" } }));
    assert.equal(proxy.asked.length, 1);
  });
  await proxy.stop();
});

test("a proxy that fails is never answered with a direct connection", async () => {
  const proxy = await startHttpProxy({ credentials: "other:password" });
  await withLab({ QUERN_PROXIES: `http://me:wrong@${proxyAt(proxy)}` }, async (lab) => {
    const { error } = readFailure(await lab.api.extract({ url: `${lab.site.url}/article` }));
    assert.deepEqual([error.code, error.retryable], ["PROXY_ERROR", true], "407 from our proxy");
    assert.equal(lab.site.requests.length, 0);
  });
  await proxy.stop();
  await withLab({ QUERN_PROXIES: `http://${proxyAt(proxy)}` }, async (lab) => {
    const answer = await lab.api.extract({ url: `${lab.site.url}/article` });
    assert.equal(readFailure(answer).error.code, "PROXY_ERROR", "nobody listens there");
    assert.equal(lab.site.requests.length, 0);
  });
});

test("after a proxy's failure the page is tried through the next one", async () => {
  const [sick, well] = [await startHttpProxy({ credentials: "a:b" }), await startHttpProxy()];
  const pool = `http://${proxyAt(sick)},http://${proxyAt(well)}`;
  await withLab({ QUERN_PROXIES: pool }, async (lab) => {
    for (let index = 0; index < 4; index++) {
      readPage(await lab.api.extract({ url: `${lab.site.url}/page/${index}` }));
    }
    assert.ok(well.asked.length >= 4);
  });
  await Promise.all([sick.stop(), well.stop()]);
});

test("an address that is not public is refused through a proxy too", async () => {
  const proxy = await startHttpProxy();
  await withLab({ QUERN_PROXIES: `http://${proxyAt(proxy)}` }, async (lab) => {
    for (const url of ["http://10.0.0.1/", `http://127.0.0.1:${proxy.port}/`]) {
      assert.equal((await lab.api.extract({ url })).status, 422, url);
    }
    const { error } = readFailure(
      await lab.api.extract({ url: `${lab.site.url}/redirect/to/private` }),
    );
    assert.equal(error.code, "INVALID_URL");
    assert.ok(!proxy.asked.some((line) => line.includes("10.0.0.1")));
  });
  await proxy.stop();
});
