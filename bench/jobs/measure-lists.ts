import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type Api, createApi } from "../../test/support/api.ts";
import { startQuern } from "../../test/support/start-quern.ts";
import { say } from "../support/say.ts";
import { type Spread, spreadOf } from "../support/spread.ts";
import { fillJobs } from "./fill-jobs.ts";
import { openNullPage } from "./open-null-page.ts";

export interface ListRow {
  readonly what: string;
  readonly jobs: number;
  readonly ms: Spread;
}

interface ListQuestion {
  readonly what: string;
  /** `pages`: how many there are of 100 rows. */
  readonly query: (pages: number) => string;
}

const QUESTIONS: readonly ListQuestion[] = [
  { what: "the first page", query: () => "page=1" },
  { what: "a page in the middle", query: (pages) => `page=${Math.ceil(pages / 2)}` },
  { what: "the last page", query: (pages) => `page=${pages}` },
  { what: "completed ones", query: () => "status=completed" },
  { what: "failed ones, of which there are none", query: () => "status=failed" },
  { what: "those whose URL holds a text that few do", query: () => "url=n%3D12345" },
  { what: "those of the last hour", query: () => `start_date=${hourAgo()}` },
];

/** How long GET /v1/extract/jobs takes for 100 of so many finished jobs of one account. */
export async function measureLists(jobs: number): Promise<ListRow[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "quern-bench-list-"));
  try {
    await leaveOneResult(dataDir);
    fillJobs({ dataDir, status: "completed", count: jobs - 1 });
    say(`${jobs} finished jobs`);
    const quern = await startQuern({ dataDir });
    const rows = await askAll(createApi(quern), jobs);
    await quern.stop();
    return rows;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function leaveOneResult(dataDir: string): Promise<void> {
  await using page = await openNullPage();
  const env = { QUERN_ALLOW_NETWORKS: `127.0.0.1/32:${new URL(page.url).port}` };
  const quern = await startQuern({ dataDir, env });
  const api = createApi(quern);
  const body = { url: page.url, formats: ["markdown"], processing_mode: "async" };
  const { job_id } = accepted.parse((await api.extract(body)).json());
  finished.parse((await api.get(`/v1/extract/${job_id}?wait=30`)).json());
  await quern.stop();
}

const accepted = z.looseObject({ job_id: z.uuid() });
const finished = z.looseObject({ status: z.literal("completed") });

async function askAll(api: Api, jobs: number): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  for (const { what, query } of QUESTIONS) {
    const path = `/v1/extract/jobs?page_size=100&${query(Math.ceil(jobs / 100))}`;
    const times: number[] = [];
    // The first answer fills the caches, and is not counted.
    for (let time = 0; time <= TIMES; time += 1) {
      const begin = performance.now();
      const { status, text } = await api.get(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      if (time > 0) times.push(performance.now() - begin);
    }
    rows.push({ what, jobs, ms: spreadOf(times) });
  }
  return rows;
}

const TIMES = 9;

function hourAgo(): string {
  return new Date(Date.now() - 3_600_000).toISOString();
}
