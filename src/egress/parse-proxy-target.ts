/** The URL of a plain request to a proxy (RFC 9112 section 3.2.2); null where it is none that a browser sends. */
export function parseAbsoluteForm(target: string): URL | null {
  return /^http:\/\/[^\s@/\\?#]/i.test(target) ? URL.parse(target) : null;
}

/**
 * The host and port of CONNECT (RFC 9112 section 3.2.3) as the URL of their root, in which every spelling of a host
 * becomes one; null where it is anything else. What is spoken to them is not known: the scheme only tells the port.
 */
export function parseAuthorityForm(target: string): URL | null {
  const port = AUTHORITY.exec(target)?.groups?.["port"];
  if (port === undefined) return null;
  return URL.parse(`${Number(port) === 80 ? "http" : "https"}://${target}/`);
}

/** No user, no zone, no blank, nothing that the URL parser would take for the host's end. */
const AUTHORITY = /^(?:\[[\da-f:.]+\]|[\w.-]+):(?<port>\d{1,5})$/i;
