import { Agent } from "undici";
import { mapLimit } from "../../src/concurrency/map-limit.ts";
import { askPage } from "../support/ask-page.ts";
import type { Contender } from "../support/contenders.ts";
import { readProcessTree, readTreeRss } from "../support/process-tree.ts";
import { quantile } from "../support/spread.ts";

/** What one server used for all pages, so many at once. */
export interface Burst {
  readonly cpuMsPerPage: number;
  readonly pagesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly peakRssBytes: number;
  readonly refused: number;
}

export async function runBurst(
  contender: Contender,
  urls: readonly string[],
  concurrency: number,
): Promise<Burst> {
  await using agent = openAgent(concurrency);
  using memory = watchRss(contender.pid);
  const signal = AbortSignal.timeout(BURST_TIMEOUT_MS);
  const cpuBefore = readProcessTree(contender.pid).cpuMs;
  const begin = performance.now();
  const answers = await mapLimit(urls, { limit: concurrency, signal }, (url) =>
    askPage(contender, url, agent.agent),
  );
  const wallMs = performance.now() - begin;
  const cpuMs = readProcessTree(contender.pid).cpuMs - cpuBefore;
  const times = answers.map(({ ms }) => ms);
  return {
    cpuMsPerPage: cpuMs / urls.length,
    pagesPerSecond: (urls.length / wallMs) * 1000,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    peakRssBytes: memory.peak(),
    refused: answers.filter(({ ok }) => !ok).length,
  };
}

const BURST_TIMEOUT_MS = 300_000;
const SAMPLE_EVERY_MS = 100;

function openAgent(connections: number) {
  const agent = new Agent({ connections });
  return { agent, [Symbol.asyncDispose]: () => agent.close() };
}

function watchRss(pid: number) {
  let peak = readTreeRss(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, readTreeRss(pid));
  }, SAMPLE_EVERY_MS);
  return { peak: () => peak, [Symbol.dispose]: () => clearInterval(timer) };
}
