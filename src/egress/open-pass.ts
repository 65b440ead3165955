import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { createPlaces, type Place, type Places } from "../concurrency/places.ts";
import { PageError } from "../contract/app-error.ts";
import type {
  BrowserPass,
  BrowserProxyLimits,
  BrowserRefusal,
  BrowserVisit,
} from "./browser-proxy.ts";
import { hostKey } from "./policy/host-key.ts";

interface PassOptions {
  readonly visit: BrowserVisit;
  readonly limits: BrowserProxyLimits;
  readonly onClose: () => void;
}

/** A pass as the proxy sees it. */
export class OpenPass implements BrowserPass {
  readonly username = randomBytes(16).toString("hex");
  readonly password = randomBytes(32).toString("base64url");
  readonly visit: BrowserVisit;
  readonly failedProxies: Set<string>;
  requests = 0;
  bytes = 0;
  refused = 0;
  lastRefusal: BrowserRefusal | null = null;
  readonly #limits: BrowserProxyLimits;
  readonly #onClose: () => void;
  readonly #places: Places;
  readonly #ending = new AbortController();
  readonly #sockets = new Set<Socket>();
  /** By `hostKey`, the latest at the end. */
  readonly #errors = new Map<string, PageError>();

  constructor({ visit, limits, onClose }: PassOptions) {
    this.visit = visit;
    this.failedProxies = visit.failedProxies ?? new Set();
    this.#limits = limits;
    this.#onClose = onClose;
    this.#places = createPlaces({
      limit: limits.connectionsPerPass,
      maxWaiting: Number.POSITIVE_INFINITY,
    });
    visit.signal.addEventListener("abort", this.close, { once: true });
  }

  /** Aborted when the visit is over, or its bytes are used up: with the PageError that says so. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  hasPassword(password: string): boolean {
    return timingSafeEqual(digest(password), digest(this.password));
  }

  /** A connection of the browser that has shown the credentials: it ends with the pass. */
  adopt(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  /** @throws PageError TIMEOUT where too many connections are in use for too long. */
  async takePlace(signal: AbortSignal): Promise<Place> {
    const place = await this.#places.acquire({ signal, maxWaitMs: this.#limits.connectTimeoutMs });
    if (place !== null) return place;
    throw new PageError("TIMEOUT", {
      message: "The page keeps too many connections open.",
      details: { reason: "connect" },
    });
  }

  countBytes(count: number): void {
    this.bytes += count;
    if (this.bytes > this.visit.maxBytes) this.#cut(tooLarge());
  }

  /** What kept a host from being asked. */
  note(url: URL, error: PageError): void {
    const host = hostKey(url);
    this.#errors.delete(host);
    this.#errors.set(host, error);
    if (this.#errors.size > MOST_ERRORS)
      this.#errors.delete(this.#errors.keys().next().value ?? "");
    if (error.code !== "INVALID_URL") return;
    this.refused += 1;
    this.lastRefusal = { host: url.host, reason: error.reason ?? error.code };
    this.visit.onRefused?.(this.lastRefusal);
  }

  errorOf(url: URL): PageError | null {
    const { aborted, reason } = this.signal;
    return aborted && reason instanceof PageError
      ? reason
      : (this.#errors.get(hostKey(url)) ?? null);
  }

  readonly close = (): void => {
    this.visit.signal.removeEventListener("abort", this.close);
    this.#onClose();
    this.#cut(new Error("The visit is over."));
  };

  #cut(reason: Error): void {
    this.#ending.abort(reason);
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** A page may ask for as many hosts as it likes. */
const MOST_ERRORS = 100;

/** Of one length, whatever was sent. */
function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

function tooLarge(): PageError {
  return new PageError("UNPROCESSABLE_CONTENT", {
    message: "The page and what it loads are too large.",
    details: { reason: "too_large" },
  });
}
