import type { PageError } from "../contract/app-error.ts";
import type { ProxyWish } from "../contract/page.ts";

/**
 * A filtering proxy on loopback, for our browser alone: it answers nobody else. Everything that a page asks for is
 * judged as pages themselves are, and goes out the same way.
 */
export interface BrowserProxy {
  /**
   * `http://127.0.0.1:PORT`, for `--proxy-server` or the proxy of a context. Chromium goes round every proxy to reach
   * this machine itself, unless its bypass list says `<-loopback>`.
   */
  readonly server: string;
  /** Opens a pass: what is asked for with its credentials is judged, counted, limited and ended together. */
  open(visit: BrowserVisit): BrowserPass;
  /** Closes all passes. */
  stop(): Promise<void>;
}

export interface BrowserProxyLimits {
  /** Also for waiting until one of the pass's connections is free. */
  readonly connectTimeoutMs: number;
  /** How long nothing may come or go on a connection, and how long a host may take until its answer begins. */
  readonly idleTimeoutMs: number;
  /** At once; further requests wait. */
  readonly connectionsPerPass: number;
  /** Of the browser to the proxy, all passes together; further ones are closed. */
  readonly maxConnections: number;
}

/** One page's stay in the browser. */
export interface BrowserVisit {
  /** Null: the operator's default decides (pool, or direct). */
  readonly proxy: ProxyWish | null;
  /** As for `EgressOrder`: passed over while others fit, and added to. Default: a set of the pass's own. */
  readonly failedProxies?: Set<string>;
  /** All answers together, as they come over the wire. Over it, everything of the page is cut. */
  readonly maxBytes: number;
  /** Ends everything of the page at once. */
  readonly signal: AbortSignal;
  readonly onRefused?: (refusal: BrowserRefusal) => void;
}

export interface BrowserRefusal {
  /** As the page wrote it, with the port where it is not the scheme's own. Never what a look-up said. */
  readonly host: string;
  /** `address_not_allowed`, `port_not_allowed` and the others of `INVALID_URL`. */
  readonly reason: string;
}

export interface BrowserPass {
  readonly username: string;
  readonly password: string;
  /** Requests as the proxy sees them: all that goes through one tunnel counts once. */
  readonly requests: number;
  /** Of answers, as they came over the wire. */
  readonly bytes: number;
  /** Requests that the gate refused. */
  readonly refused: number;
  readonly lastRefusal: BrowserRefusal | null;
  /**
   * Why the host of this URL could not be asked, the last time that it could not; null where it always could. The
   * browser tells no reason where a tunnel fails, and hosts can answer plain requests just as the proxy does.
   */
  errorOf(url: URL): PageError | null;
  /** Cuts everything of the visit; the credentials are void. */
  close(): void;
}
