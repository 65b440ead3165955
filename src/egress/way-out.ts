import { connect as connectSocket, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { PageError } from "../contract/app-error.ts";
import type { ProxyWish } from "../contract/page.ts";
import { connectInTime } from "./connect-in-time.ts";
import { ConnectionPool } from "./connection-pool.ts";
import { asksProxyItself, createConnector, type Route } from "./connector.ts";
import type { Dial } from "./dial-first.ts";
import type { EgressAnswer } from "./egress.ts";
import { exchange } from "./exchange.ts";
import type { HttpConnection, HttpRequest } from "./http-connection.ts";
import { logsInConnection } from "./logs-in-connection.ts";
import type { EgressPolicy } from "./policy/egress-policy.ts";
import { hostKey } from "./policy/host-key.ts";
import { refuseProxied, refuseUrl } from "./policy/judge-url.ts";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";
import type { Refusal } from "./policy/refusal.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { createProxyPool } from "./proxy-pool.ts";
import { requestHead } from "./request-head.ts";
import { createSystemResolver, type Resolve } from "./system-resolver.ts";
import { toInvalidUrl } from "./to-invalid-url.ts";

/** What pages and our browser have in common: every URL is judged here, and goes the way that is meant for it. */
export interface WayOut {
  /** Sends one request and resolves when the answer's headers are there. Fails as `Egress.request` does. */
  ask(order: AskOrder): Promise<EgressAnswer>;
  /** A connection to the URL's host and port, for whatever is spoken on it. Fails in the same ways. */
  tunnel(order: TunnelOrder): Promise<Socket>;
  /** Requests under way are ended, and connections closed; those that were handed out as tunnels stay. */
  stop(reason: Error): void;
}

export interface TunnelOrder {
  readonly url: URL;
  readonly proxy: ProxyWish | null;
  readonly failedProxies: Set<string>;
  readonly connectTimeoutMs: number;
  readonly signal: AbortSignal;
}

export interface AskOrder extends TunnelOrder {
  readonly method: string;
  readonly headers: EgressAnswer["headers"];
  readonly body: RequestBody | null;
  readonly headersTimeoutMs: number;
  /** Once, when an answer that has begun is over. */
  readonly onEnd: () => void;
}

export interface RequestBody {
  readonly stream: Readable;
  /** Null: nobody knows before its end. */
  readonly bytes: number | null;
}

export interface WayOutDeps {
  readonly policy: EgressPolicy;
  readonly proxies: readonly ConfiguredProxy[];
  readonly proxyDefault: "pool" | "direct";
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Default: the machine's DNS servers and hosts file. */
  readonly resolve?: Resolve;
  /** Default: TCP. */
  readonly dial?: Dial;
  /** For the log. */
  readonly onEvent?: (event: EgressEvent) => void;
}

export interface EgressEvent {
  readonly type: "proxy_set_aside";
  readonly proxy: string;
  readonly forMs: number;
  /** Its cause may hold addresses. */
  readonly error: Error;
}

export function createWayOut(deps: WayOutDeps): WayOut {
  const proxies = createProxyPool(deps);
  const connector = createConnector({
    policy: deps.policy,
    resolve: deps.resolve ?? createSystemResolver(),
    dial: deps.dial ?? dialTcp,
  });
  const connections = new ConnectionPool(connector.connect);

  return {
    async ask(order) {
      const { route, result } = await along(order, (route) => askOn(route, order));
      return { ...result, proxy: route.proxy?.name ?? null };
    },
    async tunnel(order) {
      const { result } = await along(order, (route) =>
        connectInTime((signal) => connector.tunnel(route, signal), {
          timeoutMs: order.connectTimeoutMs,
          signal: order.signal,
        }),
      );
      return result;
    },
    stop: (reason) => connections.stop(reason),
  };

  /** Chooses the way, goes it, and keeps in mind how its proxy did. */
  async function along<T>(order: TunnelOrder, go: (route: Route) => Promise<T>) {
    order.signal.throwIfAborted();
    const route = chooseRoute(order);
    try {
      const result = await go(route);
      if (route.proxy !== null) proxies.welcome(route.proxy);
      return { route, result };
    } catch (error) {
      if (route.proxy !== null && error instanceof ProxyFailure)
        noteFailure(route.proxy, error, order);
      throw error;
    }
  }

  /** Every request is judged anew: a redirect's target was written by somebody else. */
  function chooseRoute({ url, proxy: wish, failedProxies }: TunnelOrder): Route {
    admit(refuseUrl(deps.policy, url));
    const proxy = proxies.choose({ host: hostKey(url), wish, failedProxies });
    if (proxy !== null) admit(refuseProxied(deps.policy, url));
    return { url, proxy };
  }

  async function askOn(route: Route, order: AskOrder): Promise<Answer> {
    const errand = { route, order, request: toRequest(route, order) };
    const used = isRepeatable(order) ? await connections.take(route) : null;
    if (used !== null) {
      try {
        return await send(used, errand);
      } catch (error) {
        // Hosts close idle connections whenever they like, also as a request comes: whether they saw it, nobody
        // knows. A safe request may be sent again (RFC 9110 section 9.2.2), once, where not a byte of an answer came.
        if (!isReset(error) || used.guard.hasHeard) throw error;
      }
    }
    const fresh = await connections.open(route, {
      timeoutMs: order.connectTimeoutMs,
      signal: order.signal,
    });
    return send(fresh, errand);
  }

  async function send(connection: HttpConnection, errand: Errand): Promise<Answer> {
    const { route, order, request } = errand;
    const answer = await exchange({
      connection,
      request,
      headersTimeoutMs: order.headersTimeoutMs,
      signal: order.signal,
      onEnd: () => {
        if (logsInConnection(order.headers)) connection.destroy();
        else connections.give(route, connection);
        order.onEnd();
      },
    });
    if (answer.status !== 407 || route.proxy === null || !asksProxyItself(route)) return answer;
    answer.body.destroy();
    // The target can say so too: it shall not set aside a proxy that is known to take our credentials.
    throw new ProxyFailure("auth", { isSick: !proxies.hasWorked(route.proxy) });
  }

  function noteFailure(proxy: ConfiguredProxy, error: ProxyFailure, order: TunnelOrder): void {
    order.failedProxies.add(proxy.name);
    if (!error.isSick) return;
    const forMs = proxies.setAside(proxy);
    deps.onEvent?.({ type: "proxy_set_aside", proxy: proxy.name, forMs, error });
  }
}

type Answer = Omit<EgressAnswer, "proxy">;

interface Errand {
  readonly route: Route;
  readonly order: AskOrder;
  readonly request: HttpRequest;
}

const dialTcp: Dial = (host, port) => connectSocket({ host, port, noDelay: true });

function toRequest(route: Route, { method, headers, body }: AskOrder): HttpRequest {
  const head = requestHead(route, headers);
  const length = body?.bytes == null ? [] : ["content-length", String(body.bytes)];
  return {
    method,
    path: head.path,
    headers: [...head.headers, ...length],
    body: body?.stream ?? null,
  };
}

/** What cannot be sent again gets a connection that no host has had the time to close. */
function isRepeatable({ method, body }: AskOrder): boolean {
  return body === null && SAFE_METHODS.has(method);
}

/** RFC 9110 section 9.2.1. */
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

function admit(refusal: Refusal | null): void {
  if (refusal !== null) throw toInvalidUrl(refusal);
}

function isReset(error: unknown): boolean {
  return error instanceof PageError && error.reason === "reset";
}
