import assert from "node:assert/strict";
import { test } from "node:test";
import { parseProxies } from "./parse-proxies.ts";

test("proxies are read with credentials, country and type", () => {
  const parsed = parseProxies(
    "http://user:p%2Cw@proxy.example:3128#country=us&type=datacenter, socks5://[::1]",
  );
  assert.deepEqual(parsed, {
    ok: true,
    value: [
      {
        name: "proxy-1",
        scheme: "http",
        host: "proxy.example",
        port: 3128,
        credentials: { user: "user", password: "p,w" },
        country: "US",
        type: "datacenter",
      },
      {
        name: "proxy-2",
        scheme: "socks5",
        host: "::1",
        port: 1080,
        credentials: null,
        country: null,
        type: "residential",
      },
    ],
  });
});

test("ports follow from the scheme where none is named", () => {
  const parsed = parseProxies("http://a,https://a,socks5://a");
  assert.ok(parsed.ok);
  assert.deepEqual(
    parsed.value.map(({ port }) => port),
    [80, 443, 1080],
  );
});

for (const [text, problem] of [
  ["ftp://u:secret@host:1", /scheme other than http, https, socks5/],
  ["proxy.example:3128", /scheme/],
  ["u:secret@host:1", /scheme/],
  ["http://u:secret@host:1/path", /path or a query/],
  ["http://u:secret@host:1#land=US", /label other than country and type/],
  ["http://u:secret@host:1#country=USA", /not two letters/],
  ["http://u:secret@host:1#type=mobile", /type other than residential and datacenter/],
  ["http://u:secret%@host:1", /%25/],
  ["http://u:secret@host:70000", /not written as/],
] as const) {
  test(`${text} is a problem that names its place and not its password`, () => {
    const parsed = parseProxies(`http://host:1,${text}`);
    assert.ok(!parsed.ok);
    assert.match(parsed.problem, /^proxy 2 of the list/);
    assert.match(parsed.problem, problem);
    assert.doesNotMatch(parsed.problem, /secret/);
  });
}
