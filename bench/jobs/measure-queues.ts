import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { z } from "zod";
import { startTcpServer } from "../../test/support/tcp-server.ts";
import { rotate } from "../support/rotate.ts";
import { say } from "../support/say.ts";
import { quantile } from "../support/spread.ts";
import { openNullPage } from "./open-null-page.ts";
import {
  prepareQueue,
  QUEUES,
  type Queue,
  type QueueName,
  type StartQueue,
} from "./start-queue.ts";
import { type BurstOrder, readCpuMs, submitBurst } from "./submit-burst.ts";

export interface QueuesOrder {
  readonly names: readonly QueueName[];
  readonly jobs: number;
  readonly clients: number;
  readonly rounds: number;
}

/** One burst on a server with nothing in it. */
export interface QueueRow {
  readonly contender: string;
  /** `submit`: none is run meanwhile; `finish`: from the first submission to the last stored result. */
  readonly what: "submit" | "finish";
  readonly round: number;
  readonly jobsPerSecond: number;
  /** Of a submission, from the first byte sent to the answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerJob: number;
}

/** The same jobs for all, in turns, each burst on a server and a database of its own. */
export async function measureQueues(order: QueuesOrder): Promise<QueueRow[]> {
  await using page = await openNullPage();
  const silence = await startTcpServer(createServer());
  const silentUrl = `http://127.0.0.1:${silence.port}/`;
  try {
    const bursts = await listBursts(order.names, { pageUrl: page.url, silentUrl });
    const rows: QueueRow[] = [];
    for (let round = 0; round < order.rounds; round += 1) {
      for (const burst of rotate(bursts, round)) rows.push(await runBurst(burst, order, round));
    }
    return rows;
  } finally {
    await silence.stop();
  }
}

interface QueueBurst extends Pick<QueueRow, "contender" | "what"> {
  readonly start: StartQueue;
  readonly pageUrl: string | null;
  readonly pagePort: number;
}

/** Every contender twice; the peers once more with nothing to do, which is the least that they can be measured with. */
async function listBursts(
  names: readonly QueueName[],
  { pageUrl, silentUrl }: { readonly pageUrl: string; readonly silentUrl: string },
): Promise<QueueBurst[]> {
  const bursts: QueueBurst[] = [];
  const portOf = (url: string) => Number(new URL(url).port);
  for (const name of QUEUES.filter((known) => names.includes(known))) {
    const start = await prepareQueue(name);
    if (start === null) continue;
    const submit = { what: "submit" as const, pageUrl: silentUrl, pagePort: portOf(silentUrl) };
    const finish = { what: "finish" as const, pageUrl, pagePort: portOf(pageUrl) };
    bursts.push({ contender: name, start, ...submit }, { contender: name, start, ...finish });
    if (name === "quern") continue;
    bursts.push({ contender: `${name}, no page`, start, ...finish, pageUrl: null });
  }
  return bursts;
}

async function runBurst(
  { contender, what, start, pageUrl, pagePort }: QueueBurst,
  { jobs, clients }: QueuesOrder,
  round: number,
): Promise<QueueRow> {
  await using queue = await start({ works: what === "finish", pagePort });
  const signal = AbortSignal.timeout(BURST_TIMEOUT_MS);
  const order = { clients, pageUrl, signal };
  await submitAndWait(queue, { ...order, jobs: WARM_UP_JOBS }, what);
  const cpuBefore = readCpuMs(queue);
  const { wallMs, times } = await submitAndWait(queue, { ...order, jobs }, what);
  const row = {
    ...{ contender, what, round, jobsPerSecond: (jobs / wallMs) * 1000 },
    ...{ p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) },
    cpuMsPerJob: (readCpuMs(queue) - cpuBefore) / jobs,
  };
  say(`round ${round + 1}, ${what}, ${contender}: ${row.jobsPerSecond.toFixed(0)} jobs/s`);
  return row;
}

const BURST_TIMEOUT_MS = 600_000;
const WARM_UP_JOBS = 200;

async function submitAndWait(
  queue: Queue,
  order: BurstOrder,
  what: QueueRow["what"],
): Promise<{ readonly wallMs: number; readonly times: number[] }> {
  const doneBefore = what === "finish" ? await countDone(queue) : 0;
  const begin = performance.now();
  const submitted = await submitBurst(queue, order);
  if (what === "finish") {
    await waitUntilDone(queue, doneBefore + order.jobs, order.signal);
  }
  const wallMs = performance.now() - begin;
  const last = submitted.at(-1)?.id ?? "";
  if (what === "finish") await expectResult(queue, last);
  return { wallMs, times: submitted.map(({ ms }) => ms) };
}

async function waitUntilDone(queue: Queue, count: number, signal: AbortSignal): Promise<void> {
  while ((await countDone(queue)) < count) await sleep(LOOK_EVERY_MS, undefined, { signal });
}

/** Little against a burst of seconds, and seldom enough to cost nothing. */
const LOOK_EVERY_MS = 50;

async function countDone(queue: Queue): Promise<number> {
  return statistics.parse(await getJson(queue, "/v1/statistics")).extraction_count;
}

const statistics = z.looseObject({ extraction_count: z.int() });

/** What is fast because it fails is not fast. */
async function expectResult(queue: Queue, id: string): Promise<void> {
  finishedJob.parse(await getJson(queue, `/v1/extract/${id}`));
}

const finishedJob = z.looseObject({
  status: z.literal("completed"),
  data: z.looseObject({ markdown: z.string() }),
});

async function getJson({ url, headers }: Queue, path: string): Promise<unknown> {
  const { body } = await request(url + path, { headers });
  return body.json();
}
