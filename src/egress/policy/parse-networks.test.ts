import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNetworks } from "./parse-networks.ts";

function read(text: string): string[] {
  const parsed = parseNetworks(text);
  assert.ok(parsed.ok, text);
  return parsed.value.map(({ address, prefixLength, ports }) => {
    const range = ports.map(({ first, last }) => `${first}-${last}`).join();
    return `${address.toString()}/${prefixLength} ${range}`;
  });
}

test("networks are read with and without ports, IPv6 with and without brackets", () => {
  assert.deepEqual(read("127.0.0.1/32:8000-8100, 10.1.0.0/16,[::1]/128:8000,fd00::/8:443,::1"), [
    "127.0.0.1/32 8000-8100",
    "10.1.0.0/16 1-65535",
    "::1/128 8000-8000",
    "fd00::/8 443-443",
    "::1/128 1-65535",
  ]);
});

test("a single address is a network of its own", () => {
  assert.deepEqual(read("127.0.0.1:8000, ::1:8000"), [
    "127.0.0.1/32 8000-8000",
    "::1:8000/128 1-65535",
  ]);
});

test("nothing is no network", () => assert.deepEqual(read(" , "), []));

for (const text of [
  ...["example.com", "10.0.0.0/33", "::1/129", "10.0.0/8", "127.0.0.1/32:0", "127.0.0.1/32:9-8"],
  ...["127.0.0.1/32:70000", "127.0.0.1/32:http", "[::1", "fe80::1%eth0/64", "0x7f.0.0.1/8", "/8"],
]) {
  test(`${text} is a problem that names it`, () => {
    const parsed = parseNetworks(`10.0.0.0/8,${text}`);
    assert.ok(!parsed.ok);
    assert.ok(parsed.problem.includes(`"${text}"`), parsed.problem);
  });
}
