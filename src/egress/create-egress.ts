import { connect as connectSocket } from "node:net";
import { PageError } from "../contract/app-error.ts";
import { ConnectionPool } from "./connection-pool.ts";
import { asksProxyItself, createConnector, type Route } from "./connector.ts";
import type { Dial } from "./dial-first.ts";
import type { Egress, EgressAnswer, EgressOrder } from "./egress.ts";
import { exchange } from "./exchange.ts";
import { createHostGate, type HostLimits } from "./host-gate.ts";
import type { HttpConnection } from "./http-connection.ts";
import { logsInConnection } from "./logs-in-connection.ts";
import type { EgressPolicy } from "./policy/egress-policy.ts";
import { hostKey } from "./policy/host-key.ts";
import { refuseProxied, refuseUrl } from "./policy/judge-url.ts";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";
import type { Refusal } from "./policy/refusal.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { createProxyPool } from "./proxy-pool.ts";
import { type RequestHead, requestHead } from "./request-head.ts";
import { createSystemResolver, type Resolve } from "./system-resolver.ts";
import { toInvalidUrl } from "./to-invalid-url.ts";

export interface EgressDeps extends HostLimits {
  readonly policy: EgressPolicy;
  readonly proxies: readonly ConfiguredProxy[];
  readonly proxyDefault: "pool" | "direct";
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

export function createEgress(deps: EgressDeps): Egress {
  const now = () => performance.now();
  const gate = createHostGate({ ...deps, now });
  const proxies = createProxyPool({ ...deps, now });
  const connections = new ConnectionPool(
    createConnector({
      policy: deps.policy,
      resolve: deps.resolve ?? createSystemResolver(),
      dial: deps.dial ?? dialTcp,
    }),
  );

  return {
    waitForTurn: (url, signal) => gate.waitForTurn(hostKey(url), signal),
    hasTurn: gate.hasTurn,
    fullHosts: gate.fullHosts,
    request: async (order) => {
      try {
        return await send(order);
      } catch (error) {
        order.turn.release();
        throw error;
      }
    },
    stop: async () => {
      connections.stop(new PageError("CANCELLED", { message: "Quern is stopping." }));
    },
  };

  async function send(order: EgressOrder): Promise<EgressAnswer> {
    order.signal.throwIfAborted();
    const { url } = order;
    admit(refuseUrl(deps.policy, url));
    const proxy = proxies.choose({ ...order, host: hostKey(url), wish: order.proxy });
    if (proxy !== null) admit(refuseProxied(deps.policy, url));
    try {
      const answer = await ask({ url, proxy }, order);
      if (proxy !== null) proxies.welcome(proxy);
      return { ...answer, proxy: proxy?.name ?? null };
    } catch (error) {
      if (proxy !== null && error instanceof ProxyFailure) noteFailure(proxy, error, order);
      throw error;
    }
  }

  async function ask(route: Route, order: EgressOrder): Promise<Answer> {
    const errand = { route, order, head: requestHead(route, order.headers) };
    const used = await connections.take(route);
    if (used !== null) {
      try {
        return await get(used, errand);
      } catch (error) {
        // Hosts close idle connections whenever they like, also as a request comes: whether they saw it, nobody
        // knows. A GET may be sent again (RFC 9110 section 9.2.2), once, where not a byte of an answer came.
        if (!isReset(error) || used.guard.hasHeard) throw error;
      }
    }
    const fresh = await connections.open(route, {
      timeoutMs: order.connectTimeoutMs,
      signal: order.signal,
    });
    return get(fresh, errand);
  }

  async function get(connection: HttpConnection, { route, order, head }: Errand): Promise<Answer> {
    const answer = await exchange({
      ...order,
      ...head,
      connection,
      onEnd: () => {
        if (logsInConnection(order.headers)) connection.destroy();
        else connections.give(route, connection);
        order.turn.release();
      },
    });
    if (answer.status !== 407 || route.proxy === null || !asksProxyItself(route)) return answer;
    answer.body.destroy();
    // The target can say so too: it shall not set aside a proxy that is known to take our credentials.
    throw new ProxyFailure("auth", { isSick: !proxies.hasWorked(route.proxy) });
  }

  function noteFailure(proxy: ConfiguredProxy, error: ProxyFailure, order: EgressOrder): void {
    order.failedProxies.add(proxy.name);
    if (!error.isSick) return;
    const forMs = proxies.setAside(proxy);
    deps.onEvent?.({ type: "proxy_set_aside", proxy: proxy.name, forMs, error });
  }
}

type Answer = Omit<EgressAnswer, "proxy">;

interface Errand {
  readonly route: Route;
  readonly order: EgressOrder;
  readonly head: RequestHead;
}

const dialTcp: Dial = (host, port) => connectSocket({ host, port, noDelay: true });

/** Every request is judged anew: a redirect's target was written by somebody else. */
function admit(refusal: Refusal | null): void {
  if (refusal !== null) throw toInvalidUrl(refusal);
}

function isReset(error: unknown): boolean {
  return error instanceof PageError && error.reason === "reset";
}
