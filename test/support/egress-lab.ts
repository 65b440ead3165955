import { text } from "node:stream/consumers";
import { createEgress, type EgressDeps } from "../../src/egress/create-egress.ts";
import type { EgressAnswer, EgressOrder } from "../../src/egress/egress.ts";
import { UNBLOCKED_PORTS } from "../../src/egress/policy/blocked-ports.ts";
import { parseNetworks } from "../../src/egress/policy/parse-networks.ts";
import { parseProxies } from "../../src/egress/policy/parse-proxies.ts";

export interface LabOptions extends Partial<Omit<EgressDeps, "policy" | "proxies">> {
  /** As in the settings. Default: loopback. */
  readonly networks?: string;
  readonly proxies?: string;
}

/** An egress that takes every name for loopback unless told otherwise, and a short way to ask it. */
export function createEgressLab({
  networks = "127.0.0.1",
  proxies = "",
  ...deps
}: LabOptions = {}) {
  const egress = createEgress({
    policy: { networks: expectValue(parseNetworks(networks)), ports: UNBLOCKED_PORTS },
    proxies: expectValue(parseProxies(proxies)),
    proxyDefault: "pool",
    hostConcurrency: 6,
    hostDelayMs: 0,
    resolve: async () => ["127.0.0.1"],
    ...deps,
  });

  async function ask(address: string, order: Partial<EgressOrder> = {}): Promise<EgressAnswer> {
    const url = new URL(address);
    const signal = order.signal ?? new AbortController().signal;
    return egress.request({
      url,
      turn: await egress.waitForTurn(url, signal),
      headers: [],
      proxy: null,
      failedProxies: new Set(),
      connectTimeoutMs: 5000,
      headersTimeoutMs: 5000,
      signal,
      ...order,
    });
  }

  async function read(address: string, order: Partial<EgressOrder> = {}): Promise<string> {
    const answer = await ask(address, order);
    return text(answer.body);
  }

  return { egress, ask, read };
}

function expectValue<T>(parsed: { ok: true; value: T } | { ok: false; problem: string }): T {
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}
