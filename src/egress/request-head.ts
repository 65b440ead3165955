import { PageError } from "../contract/app-error.ts";
import { isConnectionHeader } from "../contract/target-headers.ts";
import { asksProxyItself, type Route } from "./connector.ts";
import type { EgressOrder } from "./egress.ts";
import { proxyAuthorization } from "./http-tunnel.ts";

export interface RequestHead {
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
}

/** What is sent on a route's connection, but for `host` and `connection`, which the client writes. */
export function requestHead(route: Route, headers: EgressOrder["headers"]): RequestHead {
  for (const [name] of headers) requireHarmless(name);
  const { url, proxy } = route;
  const path = `${url.pathname}${url.search}`;
  if (proxy === null || !asksProxyItself(route)) return { path, headers: headers.flat() };
  const authorization = proxyAuthorization(proxy);
  const own = authorization === null ? [] : ["proxy-authorization", authorization];
  return { path: `${url.origin}${path}`, headers: [...own, ...headers.flat()] };
}

/** Doors refuse these to callers; whatever else writes headers shall not steer the connection either. */
function requireHarmless(name: string): void {
  if (!isConnectionHeader(name) && !/^(?:host|content-length)$/i.test(name)) return;
  throw new PageError("INTERNAL_ERROR", { cause: new Error(`the gate alone writes ${name}`) });
}
