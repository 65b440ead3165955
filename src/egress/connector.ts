import { isIP, type Socket } from "node:net";
import { type Dial, dialFirst } from "./dial-first.ts";
import { openHttpTunnel } from "./http-tunnel.ts";
import { networkError } from "./network-error.ts";
import type { EgressPolicy } from "./policy/egress-policy.ts";
import { judgeAddress } from "./policy/judge-address.ts";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";
import { portOf } from "./policy/port-of.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { secureSocket } from "./secure-socket.ts";
import { openSocksTunnel } from "./socks-tunnel.ts";
import type { Resolve } from "./system-resolver.ts";
import { toInvalidUrl } from "./to-invalid-url.ts";

export interface Route {
  /** Judged already as far as it can be seen. */
  readonly url: URL;
  /** Null: direct. */
  readonly proxy: ConfiguredProxy | null;
}

/** A connection that stands, or whatever kept it from standing. */
export type Connect = (route: Route, signal: AbortSignal) => Promise<Socket>;

export interface Connector {
  /** On which the route's host can be asked: with TLS where its URL says https. */
  readonly connect: Connect;
  /** On which the bytes come and go as the host writes and reads them: TLS is the caller's affair. */
  readonly tunnel: Connect;
}

interface ConnectorDeps {
  readonly policy: EgressPolicy;
  readonly resolve: Resolve;
  readonly dial: Dial;
}

export function createConnector({ policy, resolve, dial }: ConnectorDeps): Connector {
  return { connect, tunnel };

  async function connect(route: Route, signal: AbortSignal): Promise<Socket> {
    const { url, proxy } = route;
    if (proxy !== null && asksProxyItself(route)) return reachProxy(proxy, signal);
    const socket = await tunnel(route, signal);
    return url.protocol === "https:" ? secure(socket, url, signal) : socket;
  }

  function tunnel({ url, proxy }: Route, signal: AbortSignal): Promise<Socket> {
    return proxy === null ? dialTarget(url, signal) : goThrough(proxy, url, signal);
  }

  /** What was judged is what is dialled: there is no second look-up. */
  async function dialTarget(url: URL, signal: AbortSignal): Promise<Socket> {
    const port = portOf(url);
    const addresses = (await addressesOf(hostOf(url), signal)).map((address) => {
      const judgement = judgeAddress(policy, address, port);
      if (judgement.ok) return judgement.address;
      throw toInvalidUrl(judgement);
    });
    return dialAny(addresses, port, signal);
  }

  async function goThrough(proxy: ConfiguredProxy, url: URL, signal: AbortSignal): Promise<Socket> {
    const socket = await reachProxy(proxy, signal);
    const open = proxy.scheme === "socks5" ? openSocksTunnel : openHttpTunnel;
    try {
      await open({ socket, proxy, hostname: url.hostname, port: portOf(url), signal });
      return socket;
    } catch (error) {
      socket.destroy();
      throw error instanceof ProxyFailure ? error : new ProxyFailure("timeout", { cause: error });
    }
  }

  /** Its address is the operator's word, so nobody judges it. */
  async function reachProxy(proxy: ConfiguredProxy, signal: AbortSignal): Promise<Socket> {
    const socket = await addressesOf(proxy.host, signal)
      .then((addresses) => dialAny(addresses, proxy.port, signal))
      .catch((error: unknown) => {
        throw new ProxyFailure("connect", { cause: error });
      });
    if (proxy.scheme !== "https") return socket;
    return secureSocket({ socket, host: proxy.host, signal }).catch((error: unknown) => {
      throw new ProxyFailure("tls", { cause: error });
    });
  }

  async function addressesOf(host: string, signal: AbortSignal): Promise<readonly string[]> {
    if (isIP(host) !== 0) return [host];
    try {
      const addresses = await resolve(host, signal);
      if (addresses.length > 0) return addresses;
    } catch (error) {
      throw signal.aborted ? signal.reason : networkError("dns", error);
    }
    throw networkError("dns");
  }

  async function dialAny(addresses: readonly string[], port: number, signal: AbortSignal) {
    try {
      return await dialFirst({ addresses, port, dial, signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : networkError("connect", error);
    }
  }
}

/** HTTP proxies take http URLs as requests of their own: many refuse to open a tunnel to port 80. */
export function asksProxyItself({ url, proxy }: Route): boolean {
  return url.protocol === "http:" && proxy !== null && proxy.scheme !== "socks5";
}

async function secure(socket: Socket, url: URL, signal: AbortSignal): Promise<Socket> {
  try {
    return await secureSocket({ socket, host: hostOf(url), signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : networkError(isReset(error) ? "reset" : "tls", error);
  }
}

/** Without the brackets of IPv6. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

const RESET_CODES = ["ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNABORTED"];

/** The connection broke: unlike a certificate that does not fit, it may stand next time. */
function isReset(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && RESET_CODES.some((code) => code === error.code)
  );
}
