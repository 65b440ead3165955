import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";
import { parseProxies } from "./policy/parse-proxies.ts";
import { createProxyPool } from "./proxy-pool.ts";

function poolOf(text: string) {
  const parsed = parseProxies(text);
  assert.ok(parsed.ok);
  let time = 0;
  const pool = createProxyPool({ proxies: parsed.value, proxyDefault: "pool", now: () => time });
  const choose = (host: string, order: Partial<Parameters<typeof pool.choose>[0]> = {}) => {
    const proxy = pool.choose({ host, wish: null, failedProxies: new Set(), ...order });
    assert.ok(proxy);
    return proxy;
  };
  const pass = (ms: number) => {
    time += ms;
  };
  return { pool, choose, pass };
}

const HOSTS = Array.from({ length: 200 }, (_, index) => `host-${index}.test`);

test("hosts spread over all proxies, and each keeps to its own", () => {
  const { choose } = poolOf("http://a,http://b,http://c,http://d");
  const counts = new Map<ConfiguredProxy, number>();
  for (const host of HOSTS) {
    const proxy = choose(host);
    assert.equal(choose(host), proxy);
    counts.set(proxy, (counts.get(proxy) ?? 0) + 1);
  }
  assert.equal(counts.size, 4);
  for (const count of counts.values()) assert.ok(count > 20, `${count} of 200`);
});

test("country and type are matched, and mix and no country fit any", () => {
  const { choose } = poolOf(
    "http://a#country=US,http://b#country=US&type=datacenter,http://c#country=DE&type=datacenter",
  );
  for (const [country, type, fitting] of [
    ["US", "residential", ["proxy-1"]],
    ["US", "mix", ["proxy-1", "proxy-2"]],
    ["DE", "mix", ["proxy-3"]],
    [null, "datacenter", ["proxy-2", "proxy-3"]],
    [null, "mix", ["proxy-1", "proxy-2", "proxy-3"]],
  ] as const) {
    const chosen = new Set(HOSTS.map((host) => choose(host, { wish: { country, type } }).name));
    assert.deepEqual([...chosen].sort(), fitting);
  }
});

test("a sick proxy is set aside for longer each time, and then tried again", () => {
  const { pool, choose, pass } = poolOf("http://a,http://b");
  const own = choose("page.test");
  assert.equal(pool.setAside(own), 30_000);
  assert.notEqual(choose("page.test"), own);
  pass(30_000);
  assert.equal(choose("page.test"), own);
  assert.equal(pool.setAside(own), 60_000);
  pass(59_999);
  assert.notEqual(choose("page.test"), own);
  pass(1);
  pool.welcome(own);
  assert.equal(choose("page.test"), own);
  assert.equal(pool.setAside(own), 30_000);
});

test("only the hosts of a sick proxy move", () => {
  const { pool, choose } = poolOf("http://a,http://b,http://c");
  const before = new Map(HOSTS.map((host) => [host, choose(host)]));
  const sick = choose("page.test");
  pool.setAside(sick);
  for (const [host, proxy] of before) {
    if (proxy === sick) assert.notEqual(choose(host), sick);
    else assert.equal(choose(host), proxy);
  }
});

test("when all are sick or have failed, one is used all the same", () => {
  const { pool, choose } = poolOf("http://a,http://b");
  const first = choose("page.test");
  pool.setAside(first);
  const second = choose("page.test", { failedProxies: new Set([first.name]) });
  pool.setAside(second);
  assert.ok(choose("page.test", { failedProxies: new Set([first.name, second.name]) }));
});
