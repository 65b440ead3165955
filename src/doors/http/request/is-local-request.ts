import type { IncomingHttpHeaders } from "node:http";

interface Arrival {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Whether a request comes from this machine itself, and not from elsewhere through a proxy on it. */
export function isLocalRequest({ headers, socket }: Arrival): boolean {
  return (
    LOOPBACK.test(socket.remoteAddress ?? "") &&
    !Object.keys(headers).some((name) => FORWARDING_HEADER.test(name))
  );
}

/** As the kernel writes a peer; a socket for both families shows IPv4 as ::ffff:127.0.0.1. */
const LOOPBACK = /^(?:::1$|(?:::ffff:)?127\.)/;

/** What proxies and CDNs say of whom they speak for. */
const FORWARDING_HEADER =
  /^(?:forwarded|via|x-forwarded(?:-.*)?|x-original-.*|x-real-ip|(?:true-|x-|x-cluster-)?client-ip|cf-connecting-ip)$/;
