import { hash } from "node:crypto";
import { PageError } from "../contract/app-error.ts";
import type { ProxyWish } from "../contract/page.ts";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";

export interface ProxyPool {
  /**
   * The proxy that a page goes through; null: the connection is direct.
   * @throws PageError PROXY_ERROR (`no_proxy_configured`) where none fits the wish.
   */
  choose(order: ProxyOrder): ConfiguredProxy | null;
  /** Sets a proxy aside for a while, longer each time. Returns for how long. */
  setAside(proxy: ConfiguredProxy): number;
  /** It works, or works again. */
  welcome(proxy: ConfiguredProxy): void;
  /** Whether it ever did. */
  hasWorked(proxy: ConfiguredProxy): boolean;
}

interface ProxyOrder {
  /** One host's pages keep to one proxy. */
  readonly host: string;
  readonly wish: ProxyWish | null;
  readonly failedProxies: ReadonlySet<string>;
}

interface PoolOptions {
  readonly proxies: readonly ConfiguredProxy[];
  /** What a page that wishes for none gets. */
  readonly proxyDefault: "pool" | "direct";
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

export function createProxyPool({ proxies, proxyDefault, now }: PoolOptions): ProxyPool {
  const sick = new Map<ConfiguredProxy, { failures: number; until: number }>();
  const proven = new Set<ConfiguredProxy>();
  const isSick = (proxy: ConfiguredProxy) => (sick.get(proxy)?.until ?? 0) > now();

  return {
    choose({ host, wish, failedProxies }) {
      if (wish === null && (proxyDefault === "direct" || proxies.length === 0)) return null;
      const [best] = proxies
        .filter((proxy) => wish === null || fits(proxy, wish))
        .map((proxy) => ({
          proxy,
          rank: [failedProxies.has(proxy.name), isSick(proxy)].map(Number),
          weight: weigh(host, proxy),
        }))
        .sort((a, b) => compare(a.rank, b.rank) || b.weight.localeCompare(a.weight));
      if (best === undefined) throw noneFits(wish);
      return best.proxy;
    },
    setAside(proxy) {
      const failures = (sick.get(proxy)?.failures ?? 0) + 1;
      const forMs = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS);
      sick.set(proxy, { failures, until: now() + forMs });
      return forMs;
    },
    welcome(proxy) {
      sick.delete(proxy);
      proven.add(proxy);
    },
    hasWorked: (proxy) => proven.has(proxy),
  };
}

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 600_000;

function fits(proxy: ConfiguredProxy, { country, type }: ProxyWish): boolean {
  return (country === null || proxy.country === country) && (type === "mix" || proxy.type === type);
}

/** Highest random weight: a host moves to another proxy only when its own is not to be had. */
function weigh(host: string, proxy: ConfiguredProxy): string {
  return hash("sha1", `${host} ${proxy.name}`);
}

function compare([a1 = 0, a2 = 0]: readonly number[], [b1 = 0, b2 = 0]: readonly number[]): number {
  return a1 - b1 || a2 - b2;
}

function noneFits(wish: ProxyWish | null): PageError {
  const asked = `country ${wish?.country ?? "any"}, type ${wish?.type ?? "any"}`;
  return new PageError("PROXY_ERROR", {
    message: `The operator's pool has no proxy that fits: ${asked}.`,
    details: { reason: "no_proxy_configured" },
  });
}
