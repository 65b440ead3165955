import { parseAddress } from "./parse-address.ts";

/** The address that a URL names literally, without the brackets of IPv6; null for a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return parseAddress(host) === null ? null : host;
}
