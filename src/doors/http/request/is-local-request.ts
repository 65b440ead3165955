import type { IncomingHttpHeaders } from "node:http";

interface Arrival {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Whether a request comes from this machine itself: not from elsewhere through a proxy on it, and not from a page in a
 * browser on it, whether that page says its origin or hides behind a name that was pointed at loopback.
 */
export function isLocalRequest({ headers, socket }: Arrival): boolean {
  return (
    LOOPBACK.test(socket.remoteAddress ?? "") &&
    LOOPBACK_HOST.test(headers.host ?? "") &&
    headers.origin === undefined &&
    !Object.keys(headers).some((name) => FORWARDING_HEADER.test(name))
  );
}

/** As the kernel writes a peer; a socket for both families shows IPv4 as ::ffff:127.0.0.1. */
const LOOPBACK = /^(?:::1$|(?:::ffff:)?127\.)/;

/** Any port: what is published may differ from what is listened on. */
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?$/i;

/** What proxies and CDNs say of whom they speak for. */
const FORWARDING_HEADER =
  /forwarded|real-ip|client-ip|^via$|^cf-|^x-original-|proxyuser|envoy-external/i;
