import { PassThrough } from "node:stream";
import type { ApiKey } from "../../src/contract/api-key.ts";
import type { Job, JobResult } from "../../src/contract/job.ts";
import { isFinalStatus } from "../../src/contract/job-status.ts";
import { NO_METADATA, type PageResult } from "../../src/contract/page.ts";
import { toExtractResponse } from "../../src/contract/to-extract-response.ts";
import type { Statistics } from "../../src/contract/usage.ts";
import {
  createHttpServer,
  type HttpServer,
  type HttpServerDeps,
} from "../../src/doors/http/create-http-server.ts";
import type { HttpServices } from "../../src/doors/http/http-services.ts";
import type { JobService, JobView } from "../../src/services/jobs.ts";
import { createLogger } from "../../src/telemetry/create-logger.ts";
import { createMetrics } from "../../src/telemetry/create-metrics.ts";
import { type Api, createApi } from "./api.ts";
import { PAGE_REQUEST } from "./page-request.ts";

/** The HTTP door by itself: real sockets, and what lies behind it as small as a test wants it. */
export interface HttpDoor {
  readonly url: string;
  readonly api: Api;
  readonly server: HttpServer;
  /** Log lines so far, parsed. */
  readonly logLines: () => readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

export const DOOR_KEYS = {
  all: "all-key-0123456789",
  read: "read-key-0123456789",
  write: "write-key-0123456789",
} as const;

export const DOOR_PAGE: PageResult = {
  data: { markdown: "# Page\n", html: "<h1>Page</h1>", text: null, contentHtml: null, links: null },
  page: { ...NO_METADATA, title: "Page" },
  transfer: {
    httpStatus: 200,
    finalUrl: "https://example.com/",
    contentType: "text/html",
    bytes: 13,
    redirects: [],
  },
  rendered: false,
  durationMs: 5,
  retryCount: 0,
  trace: null,
};

/** Every id is that of a job that has ended. */
export const DOOR_JOBS: JobService = {
  submit: async () => ({ jobId: DOOR_JOB_ID }),
  get: async ({ jobId }) => doorView({ id: jobId }),
  wait: async ({ jobId }) => doorView({ id: jobId }),
  list: async () => ({ jobs: [doorView().job], total: 1 }),
  cancel: async () => "cancelled",
  purge: async () => "completed",
  async *watch({ jobId }) {
    yield doorView({ id: jobId });
  },
};

export const DOOR_JOB_ID = "019a3c5e-7b1f-7c42-9d0e-5f6a8b3c2d10";

/** A completed job; whatever `state` says else. */
export function doorView(state: Partial<Job> = {}): JobView {
  const job: Job = {
    id: DOOR_JOB_ID,
    account: "default",
    keyId: "id-of-all",
    mode: "async",
    status: "completed",
    url: "https://example.com/",
    formats: ["markdown", "text"],
    createdAt: new Date("2026-01-30T12:00:00Z"),
    completedAt: new Date("2026-01-30T12:00:01Z"),
    durationMs: 900,
    tokensCharged: 1,
    error: null,
    version: 3,
    resultExpiresAt: new Date("2026-02-02T12:00:01Z"),
    ...state,
  };
  return { job, result: isFinalStatus(job.status) ? DOOR_RESULT : null };
}

/** The same job before its end. */
export function openDoorView(status: "queued" | "processing", version: number): JobView {
  const open = { completedAt: null, durationMs: null, tokensCharged: null, resultExpiresAt: null };
  return doorView({ status, version, ...open });
}

const { data, metadata } = toExtractResponse(
  {
    processingMode: "async",
    page: { ...PAGE_REQUEST, formats: ["markdown", "text"] },
    asked: { proxy: null, headers: null, wait_config: null },
  },
  DOOR_PAGE,
);
const DOOR_RESULT: JobResult = { data, metadata };

interface DoorOptions
  extends Partial<Pick<HttpServerDeps, "maxBodyBytes" | "receiveLimits" | "commentEveryMs">> {
  readonly services?: Partial<HttpServices>;
}

/** A door whose jobs behave so, for as long as `use` takes. */
export async function withDoorJobs(
  jobs: Partial<JobService>,
  use: (door: HttpDoor) => Promise<void>,
  options: Omit<DoorOptions, "services"> = {},
): Promise<void> {
  const door = await startHttpDoor({ ...options, services: { jobs: { ...DOOR_JOBS, ...jobs } } });
  try {
    await use(door);
  } finally {
    await door.stop();
  }
}

const DOOR_STATISTICS: Statistics = {
  extraction_count: 1,
  previous_period_extraction_count: 0,
  success_rate: 1,
  average_extraction_duration: 900,
  period_tokens_used: 1,
  requests: [],
  tokens_used: [],
};

export async function startHttpDoor({ services, ...deps }: DoorOptions = {}): Promise<HttpDoor> {
  const log = new PassThrough({ encoding: "utf8" });
  let logged = "";
  log.on("data", (text: string) => {
    logged += text;
  });
  const server = createHttpServer({
    services: {
      authenticate: async (secret) => KEYS.get(secret) ?? null,
      extract: async () => DOOR_PAGE,
      jobs: DOOR_JOBS,
      readStatistics: async () => DOOR_STATISTICS,
      readConcurrency: () => ({ work_concurrency_in_use: 1, work_concurrency_limit: 50 }),
      health: async () => "ok",
      ...services,
    },
    checks: {
      judgeUrl: (url) =>
        /^https?:\/\/[^/]/.test(url) && URL.canParse(url)
          ? { ok: true, url: new URL(url).href }
          : { ok: false, reason: "scheme", message: "Must be an absolute http or https URL" },
      isSelector: (selector) => !selector.includes("!"),
    },
    logger: createLogger({ level: "debug", format: "json", stream: log }),
    metrics: createMetrics({ version: "1.2.3" }),
    version: "1.2.3",
    now: () => new Date("2026-01-30T12:00:00Z"),
    maxBodyBytes: 64 * 1024,
    ...deps,
  });
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    api: createApi({ url, key: DOOR_KEYS.all }),
    server,
    logLines: () =>
      logged
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    stop: () => server.close(AbortSignal.abort()),
  };
}

const KEYS: ReadonlyMap<string, ApiKey> = new Map(
  (["all", "read", "write"] as const).map((scope) => [
    DOOR_KEYS[scope],
    {
      id: `id-of-${scope}`,
      name: scope,
      account: "default",
      scope,
      prefix: scope,
      monthlyBudget: null,
      perMinute: null,
      concurrency: null,
      createdAt: new Date(0),
      revokedAt: null,
    },
  ]),
);
