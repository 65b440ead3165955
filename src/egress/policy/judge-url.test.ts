import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { judgeUrl } from "./judge-url.ts";
import { parseNetworks } from "./parse-networks.ts";
import { parsePorts } from "./parse-ports.ts";

function judge(url: string, { networks = "", ports = "" } = {}): string {
  const allowed = parseNetworks(networks);
  const open = parsePorts(ports);
  assert.ok(allowed.ok && open.ok);
  const judgement = judgeUrl({ networks: allowed.value, ports: open.value }, url);
  return judgement.ok ? judgement.url : judgement.reason;
}

const NORMALISED = [
  { url: "HTTP://Example.COM", becomes: "http://example.com/" },
  { url: "  https://example.com/a b?q=ä#part ", becomes: "https://example.com/a%20b?q=%C3%A4" },
  { url: "https://example.com:443/x/../y", becomes: "https://example.com/y" },
  { url: "http://bücher.example/", becomes: "http://xn--bcher-kva.example/" },
  { url: "http://93.184.215.14/", becomes: "http://93.184.215.14/" },
  { url: "http://1572395022/", becomes: "http://93.184.216.14/" },
  { url: "http://[2600:0::1]:8080/", becomes: "http://[2600::1]:8080/" },
  { url: "http://_x.example.com./", becomes: "http://_x.example.com./" },
  { url: "http://@example.com/", becomes: "http://example.com/" },
];

for (const { url, becomes } of NORMALISED) {
  test(`${url} is asked as ${becomes}`, () => assert.equal(judge(url), becomes));
}

const LOOPBACK_SPELLINGS = [
  ...["127.0.0.1", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "127.1"],
  ...["127.0.1", "127.0.0.1.", "１２７.０.０.１", "127。0。0。1", "%31%32%37.0.0.1", "①②⑦.0.0.1"],
  ...["[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"],
  ...["[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "localhost", "LOCALHOST.", "ⓛocalhost"],
  ...["a.localhost", "loc%61lhost", "0", "0.0.0.0", "[::]"],
];

for (const host of LOOPBACK_SPELLINGS) {
  test(`loopback spelt as ${host} is refused`, () =>
    assert.equal(judge(`http://${host}/`), "address_not_allowed"));
}

const REFUSED = [
  { url: "ftp://example.com/", reason: "scheme_not_allowed" },
  { url: "file:///etc/passwd", reason: "scheme_not_allowed" },
  { url: "javascript:alert(1)", reason: "scheme_not_allowed" },
  { url: "data:text/html,x", reason: "scheme_not_allowed" },
  { url: "example.com/page", reason: "scheme_not_allowed" },
  { url: "", reason: "scheme_not_allowed" },
  { url: "http://", reason: "bad_host" },
  { url: "http://a..b/", reason: "bad_host" },
  { url: "http://.../", reason: "bad_host" },
  { url: "http://exa mple/", reason: "bad_host" },
  { url: "http://a*b.example/", reason: "bad_host" },
  { url: "http://[fe80::1%25eth0]/", reason: "bad_host" },
  { url: "http://256.1.1.1/", reason: "bad_host" },
  { url: `http://${"a".repeat(64)}.example/`, reason: "bad_host" },
  { url: `http://${"a.".repeat(127)}example/`, reason: "bad_host" },
  { url: "http://example.com:99999/", reason: "bad_host" },
  { url: "http://user:secret@example.com/", reason: "credentials" },
  { url: "http://user@example.com/", reason: "credentials" },
  { url: "http://10.0.0.1/", reason: "address_not_allowed" },
  { url: "http://169.254.169.254/latest/meta-data/", reason: "address_not_allowed" },
  { url: "http://[fd00::1]/", reason: "address_not_allowed" },
  { url: "http://example.com:25/", reason: "port_not_allowed" },
  { url: "http://example.com:0/", reason: "port_not_allowed" },
  { url: "http://8.8.8.8:6000/", reason: "port_not_allowed" },
];

for (const { url, reason } of REFUSED) {
  test(`${url.slice(0, 60)} is refused: ${reason}`, () => assert.equal(judge(url), reason));
}

test("every spelling of an IPv4 address ends at one decision", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const parts = address.split(".").map(Number);
      const number = parts.reduce((sum, part) => sum * 256 + part, 0);
      const [first = 0, second = 0, ...rest] = parts;
      const spellings = [
        String(number),
        `0x${number.toString(16)}`,
        `0${number.toString(8)}`,
        parts.map((part) => `0x${part.toString(16)}`).join("."),
        parts.map((part) => `0${part.toString(8)}`).join("."),
        `${first}.${second * 65_536 + rest.reduce((sum, part) => sum * 256 + part, 0)}`,
        [...address].map((char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0)).join(""),
        [...address].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(""),
        `${address}.`,
      ];
      const decision = judge(`http://${address}/`);
      for (const host of spellings) assert.equal(judge(`http://${host}/`), decision, host);
    }),
  );
});

test("localhost is refused by name although its address is let through", () => {
  const networks = "127.0.0.0/8, ::1/128";
  assert.equal(judge("http://localhost:8000/", { networks }), "address_not_allowed");
  assert.equal(judge("http://127.0.0.1:8000/", { networks }), "http://127.0.0.1:8000/");
});

test("a name's port waits for the look-up where a network might let it through", () => {
  assert.equal(judge("http://host.example:25/", { networks: "10.0.0.0/8:80" }), "port_not_allowed");
  assert.equal(
    judge("http://host.example:25/", { networks: "10.0.0.0/8:25" }),
    "http://host.example:25/",
  );
});

test("QUERN_ALLOW_PORTS replaces the ports of public hosts", () => {
  const ports = "80,443,8000-8999";
  assert.equal(judge("http://example.com:8500/", { ports }), "http://example.com:8500/");
  assert.equal(judge("http://example.com:9000/", { ports }), "port_not_allowed");
});

test("a refusal never repeats the host", () => {
  const judgement = judgeUrl({ networks: [], ports: [] }, "http://10.11.12.13:14/");
  assert.ok(!judgement.ok);
  assert.doesNotMatch(judgement.message, /10\.11|14/);
});
