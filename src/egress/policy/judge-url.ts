import type { UrlJudgement } from "../../contract/request-fields.ts";
import type { EgressPolicy } from "./egress-policy.ts";
import { judgeAddress } from "./judge-address.ts";
import { literalAddress } from "./literal-address.ts";
import { portOf } from "./port-of.ts";
import { includesPort } from "./port-range.ts";
import { type Refusal, refuse } from "./refusal.ts";

/**
 * Everything that can be seen of a URL without looking anything up. It is parsed once, as a browser would
 * (WHATWG), so that every spelling of a host ends at one decision; the parsed value is what travels on.
 */
export function judgeUrl(policy: EgressPolicy, text: string): UrlJudgement {
  const url = URL.parse(text);
  if (url === null) return refuse(isHttp(text) ? "bad_host" : "scheme_not_allowed");
  const refusal = refuseUrl(policy, url);
  if (refusal !== null) return refusal;
  url.hash = "";
  return { ok: true, url: url.href };
}

/** The same of a URL that is parsed already; null where nothing speaks against it. */
export function refuseUrl(policy: EgressPolicy, url: URL): Refusal | null {
  if (url.protocol !== "http:" && url.protocol !== "https:") return refuse("scheme_not_allowed");
  if (url.username !== "" || url.password !== "") return refuse("credentials");
  const address = literalAddress(url);
  if (address === null) return refuseName(policy, url);
  const judgement = judgeAddress(policy, address, portOf(url));
  return judgement.ok ? null : judgement;
}

/**
 * What more is to be said of a URL that goes through a proxy: a name's address is never seen, so its host counts as
 * public, and the ports of networks that are let through are none of its.
 */
export function refuseProxied({ ports }: EgressPolicy, url: URL): Refusal | null {
  if (literalAddress(url) !== null || includesPort(ports, portOf(url))) return null;
  return refuse("port_not_allowed");
}

const isHttp = (text: string) => /^\s*https?:/i.test(text);

function refuseName(policy: EgressPolicy, url: URL): Refusal | null {
  const name = url.hostname.replace(/\.$/, "");
  if (!isDomainName(name)) return refuse("bad_host");
  // RFC 6761 section 6.3: always this machine, whatever a resolver says.
  if (/(?:^|\.)localhost$/.test(name)) return refuse("address_not_allowed");
  return mayBeAllowed(policy, portOf(url)) ? null : refuse("port_not_allowed");
}

/** RFC 1035 section 2.3.4, with the underscore that many sites use all the same. */
function isDomainName(name: string): boolean {
  return name.length <= 253 && name.split(".").every((label) => /^[a-z\d_-]{1,63}$/.test(label));
}

/** The look-up may yet find an address in a network that lets this port through. */
function mayBeAllowed({ ports, networks }: EgressPolicy, port: number): boolean {
  return includesPort(ports, port) || networks.some((network) => includesPort(network.ports, port));
}
