import ipaddr from "ipaddr.js";

/**
 * An address in its plain spelling: four decimal parts, or IPv6 without brackets or zone. Other spellings are
 * not addresses here, since the WHATWG URL parser has put them into this one already.
 */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // Asked first, since the library throws and catches an error for every text that is none: slow for names.
  if (/^[\d.]+$/.test(text)) {
    return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : null;
  }
  // A zone names an interface of this machine (RFC 4007): nothing public has one.
  if (!/^[\da-f:.]*:[\da-f:.]*$/i.test(text)) return null;
  // The library takes ::1.2.3.4 for ::ffff:1.2.3.4; in the URL parser's spelling there are no dots.
  const host = URL.parse(`http://[${text}]/`)?.hostname;
  return host === undefined ? null : ipaddr.IPv6.parse(host.slice(1, -1));
}
