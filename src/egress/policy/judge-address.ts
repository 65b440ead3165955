import ipaddr from "ipaddr.js";
import type { AllowedNetwork, EgressPolicy } from "./egress-policy.ts";
import { embeddedAddresses } from "./embedded-addresses.ts";
import { parseAddress } from "./parse-address.ts";
import { includesPort } from "./port-range.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { GLOBAL_UNICAST_IPV6, SPECIAL_IPV4, SPECIAL_IPV6 } from "./special-networks.ts";

export type AddressJudgement =
  /** The address as it was understood, which is the one to dial. */
  { readonly ok: true; readonly address: string } | Refusal;

/** Whether this port of this address may be asked. */
export function judgeAddress(policy: EgressPolicy, text: string, port: number): AddressJudgement {
  const address = parseAddress(text);
  return address === null ? refuse("address_not_allowed") : judgeParsed(policy, address, port);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function judgeParsed(policy: EgressPolicy, address: Address, port: number): AddressJudgement {
  // IPv4-mapped is only a spelling of IPv4.
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    return judgeParsed(policy, address.toIPv4Address(), port);
  }
  const embedded = address instanceof ipaddr.IPv6 ? embeddedAddresses(address) : [];
  // Behind a gateway 127.0.0.1 is another host: the operator's IPv4 networks mean it only if the gateway is allowed.
  const isGatewayAllowed = policy.networks.some((network) => contains(network, address));
  const inside = isGatewayAllowed ? policy : { ...policy, networks: [] };
  const refusals = embedded.map((one) => refusalOf(inside, one, port));
  const refusal = [refusalOf(policy, address, port), ...refusals].find((one) => one !== null);
  return refusal ?? { ok: true, address: address.toString() };
}

function refusalOf(policy: EgressPolicy, address: Address, port: number): Refusal | null {
  const networks = policy.networks.filter((network) => contains(network, address));
  if (networks.some(({ ports }) => includesPort(ports, port))) return null;
  const isGlobal = isRoutable(address);
  if (isGlobal && includesPort(policy.ports, port)) return null;
  return refuse(isGlobal || networks.length > 0 ? "port_not_allowed" : "address_not_allowed");
}

function contains({ address, prefixLength }: AllowedNetwork, other: Address): boolean {
  return address.kind() === other.kind() && other.match(address, prefixLength);
}

const SPECIAL_RANGES_IPV4 = SPECIAL_IPV4.map(({ cidr }) => ipaddr.IPv4.parseCIDR(cidr));
const SPECIAL_RANGES_IPV6 = SPECIAL_IPV6.map(({ cidr }) => ipaddr.IPv6.parseCIDR(cidr));
const ROUTABLE_RANGES_IPV6 = [
  GLOBAL_UNICAST_IPV6,
  // The only translation that the registry calls globally reachable: how an IPv6-only machine reaches IPv4 hosts.
  "64:ff9b::/96",
].map((cidr) => ipaddr.IPv6.parseCIDR(cidr));

/** The address taken by itself, without looking at what it may hold inside. */
function isRoutable(address: Address): boolean {
  if (address instanceof ipaddr.IPv4) {
    return !SPECIAL_RANGES_IPV4.some((range) => address.match(range));
  }
  return (
    ROUTABLE_RANGES_IPV6.some((range) => address.match(range)) &&
    !SPECIAL_RANGES_IPV6.some((range) => address.match(range))
  );
}
