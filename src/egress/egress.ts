import type { ProxyWish } from "../contract/page.ts";
import type { BrowserProxy, BrowserProxyLimits } from "./browser-proxy.ts";

/** The only way out. Nothing else in the program opens a connection to an address that others can choose. */
export interface Egress {
  /**
   * Waits until this host may be asked once more (`QUERN_HOST_CONCURRENCY`, `QUERN_HOST_DELAY_MS`).
   * The turn is handed to one {@link Egress.request}, or given back with `release`.
   * @throws whatever `signal` is aborted with.
   */
  waitForTurn(url: URL, signal: AbortSignal): Promise<HostTurn>;
  /**
   * Whether this host could be asked at once; no turn is taken, so somebody else may be faster.
   * @param host its `hostKey` (policy/host-key.ts)
   */
  hasTurn(host: string): boolean;
  /** The keys of all hosts without a turn just now: so many are asked at once, or one was asked a moment ago. */
  fullHosts(): readonly string[];
  /**
   * Sends one GET and resolves when the headers are there. Redirects are answers like others: each hop is a
   * new request, hence a new decision. The turn is given back when the body has ended or is destroyed, or
   * when this throws.
   * @throws PageError INVALID_URL (`address_not_allowed`, `port_not_allowed`), NETWORK_ERROR (`dns`, `connect`, `tls`, `reset`,
   * `headers_too_large`), TIMEOUT (`connect`, `headers`), PROXY_ERROR; and whatever `signal` is aborted with.
   */
  request(order: EgressOrder): Promise<EgressAnswer>;
  /** For our browser, which goes the same way as {@link Egress.request}. Whoever starts it stops it. */
  startBrowserProxy(limits: BrowserProxyLimits): Promise<BrowserProxy>;
  /** Closes idle connections; requests under way are ended. */
  stop(): Promise<void>;
}

export interface HostTurn {
  /** The `hostKey` of the host that it is for. */
  readonly host: string;
  release(): void;
}

export interface EgressOrder {
  readonly url: URL;
  readonly turn: HostTurn;
  /** In the order in which they are to be sent. `host` and connection headers are added here. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null: the operator's default decides (pool, or direct). */
  readonly proxy: ProxyWish | null;
  /**
   * Proxies that have failed on this page already: passed over while another one fits. A request that ends
   * with PROXY_ERROR adds the proxy it went through, so that the page's next try takes another.
   */
  readonly failedProxies: Set<string>;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly signal: AbortSignal;
}

export interface EgressAnswer {
  readonly status: number;
  /** As received: repeated headers stay apart, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As it came over the wire: nothing decompressed. Ends with a PageError NETWORK_ERROR (`reset`) where it breaks. */
  readonly body: AsyncIterable<Uint8Array> & { destroy(): void };
  /** The name of the proxy that was used, for `failedProxies`; null when direct. */
  readonly proxy: string | null;
}
