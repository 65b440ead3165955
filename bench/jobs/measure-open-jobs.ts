import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createApi } from "../../test/support/api.ts";
import { startQuern } from "../../test/support/start-quern.ts";
import { startTcpServer } from "../../test/support/tcp-server.ts";
import { readProcessTree } from "../support/process-tree.ts";
import { say } from "../support/say.ts";
import { fillJobs } from "./fill-jobs.ts";

export interface OpenJobsRow {
  readonly openJobs: number;
  /** From the start of the process to the first connection to a page's site. */
  readonly firstClaimMs: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

/** A server that finds so many queued jobs when it starts, of a site that never answers, and has one place for them. */
export async function measureOpenJobs(counts: readonly number[]): Promise<OpenJobsRow[]> {
  const site = createServer();
  const { port, stop } = await startTcpServer(site);
  const rows: OpenJobsRow[] = [];
  try {
    for (const count of counts) rows.push(await measureWith(count, site, port));
    return rows;
  } finally {
    await stop();
  }
}

async function measureWith(openJobs: number, site: Server, port: number): Promise<OpenJobsRow> {
  const dataDir = await mkdtemp(join(tmpdir(), "quern-bench-open-"));
  const env = {
    QUERN_ALLOW_NETWORKS: `127.0.0.1/32:${port}`,
    QUERN_CONCURRENCY: "1",
    QUERN_STOP_MS: "0",
  };
  try {
    await leaveOneJob({ dataDir, env, url: `http://127.0.0.1:${port}/` }, site);
    if (openJobs > 1) fillJobs({ dataDir, status: "queued", count: openJobs - 1 });
    say(`${openJobs} open jobs`);
    const begin = performance.now();
    const claimed = once(site, "connection").then(() => performance.now() - begin);
    const quern = await startQuern({ dataDir, env });
    const firstClaimMs = await claimed;
    await sleep(SETTLE_MS);
    const { rssBytes, peakRssBytes } = readProcessTree(quern.pid);
    await quern.stop();
    return { openJobs, firstClaimMs, rssBytes, peakRssBytes };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The collector gives memory back some time after it was freed. */
const SETTLE_MS = 5000;

/** A server takes a job, begins with it, and gives it back when it stops. */
async function leaveOneJob(
  { url, ...order }: { dataDir: string; env: Readonly<Record<string, string>>; url: string },
  site: Server,
): Promise<void> {
  const begun = once(site, "connection");
  const quern = await startQuern(order);
  const body = { url, formats: ["markdown"], processing_mode: "async" };
  const answer = await createApi(quern).extract(body);
  if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
  await begun;
  await quern.stop();
}
