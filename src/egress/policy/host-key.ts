/**
 * The host whose turns a URL takes: its name or address as the URL parser spells it (lower case, Punycode, IPv6 in
 * brackets), with the port where it is not the scheme's own, and without the dot that may end a name. So http and
 * https at their own ports are one host, and another port is another one.
 */
export function hostKey(url: URL): string {
  return url.host.replace(/\.(?=:\d+$|$)/, "");
}
