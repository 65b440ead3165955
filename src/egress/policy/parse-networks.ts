import ipaddr from "ipaddr.js";
import type { AllowedNetwork } from "./egress-policy.ts";
import { parseAddress } from "./parse-address.ts";
import type { Parsed } from "./parsed.ts";
import { EVERY_PORT, parsePortRange } from "./port-range.ts";
import { splitList } from "./split-list.ts";

/** `QUERN_ALLOW_NETWORKS`, such as `127.0.0.1/32:8000-8100, 10.1.0.0/16, [::1]/128:8000`. */
export function parseNetworks(text: string): Parsed<readonly AllowedNetwork[]> {
  const networks: AllowedNetwork[] = [];
  for (const entry of splitList(text)) {
    const network = parseNetwork(entry);
    if (!network.ok) return network;
    networks.push(network.value);
  }
  return { ok: true, value: networks };
}

// Ports can follow IPv6 only after brackets or a prefix length: ::1:8000 is an address.
const ENTRY =
  /^(?<address>\[[^\]]+\]|[\d.]+|[^/[\]]+(?=\/|$))(?:\/(?<prefix>\d{1,3}))?(?::(?<ports>[^:/]+))?$/;

function parseNetwork(entry: string): Parsed<AllowedNetwork> {
  const parts = ENTRY.exec(entry)?.groups ?? {};
  const address = parseAddress((parts["address"] ?? "").replace(/^\[|\]$/g, ""));
  if (address === null) {
    return {
      ok: false,
      problem: `"${entry}" is not a network such as 10.1.0.0/16, 127.0.0.1/32:8000-8100 or [fd00::]/8:443`,
    };
  }
  const bits = address.kind() === "ipv4" ? 32 : 128;
  const prefixLength = Number(parts["prefix"] ?? bits);
  if (prefixLength > bits) {
    return { ok: false, problem: `"${entry}" has a prefix length over ${bits}` };
  }
  const ports = parts["ports"] === undefined ? EVERY_PORT : parseOwnPorts(parts["ports"]);
  if (ports === null) {
    return {
      ok: false,
      problem: `"${entry}" needs a port (1 to 65535) or a range such as 8000-8100 after the colon`,
    };
  }
  return { ok: true, value: { ...unmapped(address, prefixLength), ports } };
}

function parseOwnPorts(text: string) {
  const range = parsePortRange(text);
  return range && [range];
}

/** IPv4-mapped is a spelling of IPv4, and addresses are judged as IPv4: so are networks. */
function unmapped(address: ipaddr.IPv4 | ipaddr.IPv6, prefixLength: number) {
  const isMapped =
    address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && prefixLength >= 96;
  return isMapped
    ? { address: address.toIPv4Address(), prefixLength: prefixLength - 96 }
    : { address, prefixLength };
}
