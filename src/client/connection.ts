import { toBaseUrl } from "./base-url.ts";
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from "./retry-policy.ts";

export interface ClientOptions {
  /** Address of the server, such as `http://127.0.0.1:3400`. */
  readonly server: string;
  readonly key: string;
  /** Milliseconds for one try of a request; default 30,000. */
  readonly timeoutMs?: number;
  /** Of requests that were lost or are refused for now. */
  readonly retries?: Partial<RetryPolicy>;
}

/** What every request to one server has in common. */
export interface Connection {
  readonly baseUrl: URL;
  readonly key: string;
  readonly timeoutMs: number;
  readonly retries: RetryPolicy;
}

/** @throws TypeError that does not show the key */
export function toConnection({ server, key, timeoutMs, retries }: ClientOptions): Connection {
  const baseUrl = toBaseUrl(server);
  if (baseUrl === null) {
    throw new TypeError(`"${server}" is not the http or https address of a server`);
  }
  // What a header can carry.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TypeError("An API key is made of visible ASCII characters");
  }
  return {
    baseUrl,
    key,
    timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
    retries: { ...DEFAULT_RETRY_POLICY, ...retries },
  };
}

const DEFAULT_TIMEOUT_MS = 30_000;
