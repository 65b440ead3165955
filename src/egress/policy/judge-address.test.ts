import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { UNBLOCKED_PORTS } from "./blocked-ports.ts";
import { judgeAddress } from "./judge-address.ts";
import { parseNetworks } from "./parse-networks.ts";
import { GLOBAL_UNICAST_IPV6, SPECIAL_IPV4, SPECIAL_IPV6 } from "./special-networks.ts";

const STRICT = { networks: [], ports: UNBLOCKED_PORTS };

function judge(address: string, { networks = "", port = 443 } = {}): string {
  const parsed = parseNetworks(networks);
  assert.ok(parsed.ok);
  const judgement = judgeAddress({ networks: parsed.value, ports: UNBLOCKED_PORTS }, address, port);
  return judgement.ok ? "ok" : judgement.reason;
}

function ends(cidr: string): [first: string, last: string] {
  const [address] = ipaddr.parseCIDR(cidr);
  return address.kind() === "ipv4"
    ? [
        ipaddr.IPv4.networkAddressFromCIDR(cidr).toString(),
        ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString(),
      ]
    : [
        ipaddr.IPv6.networkAddressFromCIDR(cidr).toString(),
        ipaddr.IPv6.broadcastAddressFromCIDR(cidr).toString(),
      ];
}

for (const { cidr, what, rfc } of [...SPECIAL_IPV4, ...SPECIAL_IPV6]) {
  test(`${cidr} (${what}, ${rfc}) is refused from end to end`, () => {
    for (const address of ends(cidr)) assert.equal(judge(address), "address_not_allowed", address);
  });
}

const PUBLIC = [
  ...["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"],
  ...["128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "191.255.255.255"],
  ...[
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
  ],
  ...["2001:200::1", "2001:4860:4860::8888", "2003::1", "2600::1", "2a00:1450::1", "2c0f:ffff::1"],
];

for (const address of PUBLIC) {
  test(`${address} is public`, () => assert.equal(judge(address), "ok"));
}

const WRAPPED = [
  { form: "IPv4-mapped", wrap: (hex: string) => `::ffff:${hex}`, ofPublic: "ok" },
  { form: "NAT64", wrap: (hex: string) => `64:ff9b::${hex}`, ofPublic: "ok" },
  { form: "IPv4-compatible", wrap: (hex: string) => `::${hex}`, ofPublic: "address_not_allowed" },
  {
    form: "IPv4-translated",
    wrap: (hex: string) => `::ffff:0:${hex}`,
    ofPublic: "address_not_allowed",
  },
  {
    form: "local NAT64",
    wrap: (hex: string) => `64:ff9b:1::${hex}`,
    ofPublic: "address_not_allowed",
  },
  { form: "6to4", wrap: (hex: string) => `2002:${hex}::1`, ofPublic: "address_not_allowed" },
  {
    form: "Teredo server",
    wrap: (hex: string) => `2001:0:${hex}::f7f7:f7f7`,
    ofPublic: "address_not_allowed",
  },
  { form: "ISATAP", wrap: (hex: string) => `2600::5efe:${hex}`, ofPublic: "ok" },
];

for (const { form, wrap, ofPublic } of WRAPPED) {
  test(`an address wrapped as ${form} is judged by what is inside`, () => {
    assert.equal(judge(wrap("808:808")), ofPublic);
    for (const inside of ["7f00:1", "a00:1", "a9fe:a9fe", "c0a8:101", "0:1", "6440:1"]) {
      assert.equal(judge(wrap(inside)), "address_not_allowed", wrap(inside));
    }
  });
}

test("a network that wraps addresses lets through only what may be asked inside", () => {
  const networks = "64:ff9b:1::/48, 2002::/16, 2001::/32, ::/96";
  for (const [address, judgement] of [
    ["64:ff9b:1::8.8.8.8", "ok"],
    ["64:ff9b:1::10.0.0.1", "address_not_allowed"],
    // 10.0.0.1 where the gateway's prefix ends at bit 48, 56 and 64, dressed up with a public suffix.
    ["64:ff9b:1:0a00:0:100:0808:0808", "address_not_allowed"],
    ["64:ff9b:1:000a:0:1:0808:0808", "address_not_allowed"],
    ["64:ff9b:1:0:000a:0:0108:0808", "address_not_allowed"],
    ["2002:808:808::1", "ok"],
    ["2002:7f00:1::1", "address_not_allowed"],
    ["2001:0:808:808::f7f7:f7f7", "ok"],
    ["2001:0:808:808::f5ff:fffe", "address_not_allowed"],
    ["2001:0:a00:1::f7f7:f7f7", "address_not_allowed"],
    ["::8.8.8.8", "ok"],
    ["::127.0.0.1", "address_not_allowed"],
  ] as const) {
    assert.equal(judge(address, { networks }), judgement, address);
  }
});

test("a network of the operator lets through its own addresses at its own ports", () => {
  const networks = "127.0.0.1/32:8000-8100, 10.1.0.0/16, [::1]/128:8000";
  for (const [address, port, judgement] of [
    ["127.0.0.1", 8000, "ok"],
    ["127.0.0.1", 8100, "ok"],
    ["127.0.0.1", 8101, "port_not_allowed"],
    ["127.0.0.2", 8000, "address_not_allowed"],
    ["::ffff:127.0.0.1", 8000, "ok"],
    ["64:ff9b::127.0.0.1", 8000, "address_not_allowed"],
    ["64:ff9b::10.1.0.1", 80, "address_not_allowed"],
    ["::127.0.0.1", 8000, "address_not_allowed"],
    ["10.1.255.255", 25, "ok"],
    ["10.2.0.0", 80, "address_not_allowed"],
    ["::1", 8000, "ok"],
    ["::1", 8001, "port_not_allowed"],
  ] as const) {
    assert.equal(judge(address, { networks, port }), judgement, `${address} ${port}`);
  }
});

test("IPv4 networks of the operator are meant behind a gateway only if it is allowed too", () => {
  const address = "64:ff9b::127.0.0.1";
  assert.equal(judge(address, { networks: "127.0.0.1/32" }), "address_not_allowed");
  assert.equal(judge(address, { networks: "64:ff9b::/96" }), "address_not_allowed");
  assert.equal(judge(address, { networks: "64:ff9b::/96, 127.0.0.1/32" }), "ok");
});

test("a network written in the IPv4-mapped form is the IPv4 network", () => {
  assert.equal(judge("10.9.1.1", { networks: "::ffff:10.9.0.0/112" }), "ok");
});

test("the address to dial is the one that was judged", () => {
  const judgement = judgeAddress(STRICT, "::ffff:808:808", 443);
  assert.deepEqual(judgement, { ok: true, address: "8.8.8.8" });
});

test("a port that the Fetch standard blocks is refused on a public address", () => {
  assert.equal(judge("8.8.8.8", { port: 25 }), "port_not_allowed");
  assert.equal(judge("2600::1", { port: 6667 }), "port_not_allowed");
  assert.equal(judge("8.8.8.8", { port: 8080 }), "ok");
});

for (const text of [
  "",
  "fe80::1%eth0",
  "2600::1%1",
  "0x7f.1",
  "127.1",
  "010.0.0.1",
  "example.com",
  "[::1]",
]) {
  test(`"${text}" is no address and refused`, () =>
    assert.equal(judge(text), "address_not_allowed"));
}

test("no IPv4 address inside of a special network ever passes, and any other does", () => {
  const special = SPECIAL_IPV4.map(({ cidr }) => ipaddr.IPv4.parseCIDR(cidr));
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const isSpecial = special.some((range) => ipaddr.IPv4.parse(address).match(range));
      assert.equal(judgeAddress(STRICT, address, 443).ok, !isSpecial);
    }),
  );
});

test("no IPv6 address outside of 2000::/3 or inside of a special network ever passes", () => {
  const special = SPECIAL_IPV6.map(({ cidr }) => ipaddr.IPv6.parseCIDR(cidr));
  const translated = ["::ffff:0:0/96", "64:ff9b::/96"].map((cidr) => ipaddr.IPv6.parseCIDR(cidr));
  fc.assert(
    fc.property(ipv6, (parts) => {
      const address = new ipaddr.IPv6(parts);
      if (translated.some((range) => address.match(range))) return;
      const isGlobal = address.match(ipaddr.IPv6.parseCIDR(GLOBAL_UNICAST_IPV6));
      if (isGlobal && !special.some((range) => address.match(range))) return;
      assert.equal(judgeAddress(STRICT, address.toString(), 443).ok, false);
    }),
    { numRuns: 1000 },
  );
});

/** Addresses near the borders of the table, where mistakes would be. */
const ipv6 = fc
  .tuple(
    fc.constantFrom(...SPECIAL_IPV6.map(({ cidr }) => ipaddr.IPv6.parseCIDR(cidr)[0].parts)),
    fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }),
    fc.nat(8),
  )
  .map(([start, rest, kept]) => [...start.slice(0, kept), ...rest.slice(kept)]);
