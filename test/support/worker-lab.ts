import { randomUUIDv7 } from "node:crypto";
import { createPlaces } from "../../src/concurrency/places.ts";
import type { ApiKey } from "../../src/contract/api-key.ts";
import type { ExtractOrder } from "../../src/contract/extract-request.ts";
import type { Job } from "../../src/contract/job.ts";
import { isFinalStatus } from "../../src/contract/job-status.ts";
import { NO_METADATA, type PageResult } from "../../src/contract/page.ts";
import { type Admission, createAdmission } from "../../src/services/admission.ts";
import { createJobService } from "../../src/services/create-job-service.ts";
import { createJobFeed, type JobFeed } from "../../src/services/job-feed.ts";
import type { JobService } from "../../src/services/jobs.ts";
import { createQueueLimit } from "../../src/services/queue-limit.ts";
import type { PageWork, ReadOrder } from "../../src/services/read-order.ts";
import { createTokenBudget } from "../../src/services/token-budget.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { createLogger } from "../../src/telemetry/create-logger.ts";
import { createWorker, type Worker, type WorkerDeps } from "../../src/worker/create-worker.ts";
import { PAGE_REQUEST } from "./page-request.ts";
import { withTempFolder } from "./temp-folder.ts";
import { waitUntil } from "./wait-until.ts";

interface LabOptions
  extends Partial<
    Pick<
      WorkerDeps,
      "readOrder" | "findKey" | "hostConcurrency" | "leaseMs" | "maxAttempts" | "readMemory"
    >
  > {
  readonly places?: number;
  readonly isStarted?: boolean;
  readonly steadyNow?: () => number;
  readonly queueLimit?: number;
}

interface SubmitOptions {
  readonly key?: ApiKey;
  readonly keyId?: string;
  readonly host?: string;
  readonly idempotencyKey?: string;
}

export interface WorkerLab {
  readonly store: Store;
  readonly feed: JobFeed;
  readonly admission: Admission;
  readonly jobs: JobService;
  readonly worker: Worker;
  createWorker(options?: LabOptions): Worker;
  /** The id of a new job. */
  submit(options?: SubmitOptions): Promise<string>;
  find(id: string): Promise<Job>;
  untilFinal(id: string): Promise<Job>;
}

/** A worker over a real store, with pages that tests make up. */
export async function withWorkerLab(
  options: LabOptions,
  work: (lab: WorkerLab) => Promise<void>,
): Promise<void> {
  await withTempFolder(async (dataDir) => {
    const { steadyNow } = options;
    const store = await openStore({ dataDir, role: "server", ...(steadyNow && { steadyNow }) });
    const lab = createLab(store, options);
    try {
      if (options.isStarted ?? true) await lab.worker.start();
      await work(lab);
    } finally {
      await lab.worker.stop();
      await store.stop();
    }
  });
}

function createLab(store: Store, options: LabOptions): WorkerLab {
  const feed = createJobFeed();
  const places = createPlaces({ limit: options.places ?? 8, maxWaiting: 8 });
  const admission = createAdmission({ places, keyConcurrency: 50 });
  const now = () => new Date();
  const kept = { retentionMs: 3_600_000, now };
  const steady = { steadyNow: () => performance.now() };
  const queueLimit = createQueueLimit({
    ...{ limit: options.queueLimit ?? 1000, jobs: store.jobs, feed },
    ...steady,
  });
  const budget = createTokenBudget({ usage: store.usage, now });
  const refuseRendering = async () => undefined;
  const jobs = createJobService({
    ...{ jobs: store.jobs, feed, budget, queueLimit, refuseRendering, ...kept },
  });
  const create = (own: LabOptions = options): Worker =>
    createWorker({
      ...{ work: store.work, feed, admission, ...kept },
      logger: createLogger({ level: "silent", format: "json" }),
      readOrder: own.readOrder ?? (async () => RESULT),
      findKey: own.findKey ?? (async () => null),
      fullHosts: () => [],
      hostConcurrency: own.hostConcurrency ?? 6,
      hostDelayMs: 0,
      leaseMs: own.leaseMs ?? 10_000,
      maxAttempts: own.maxAttempts ?? 3,
      readMemory: own.readMemory ?? (() => ({ limitBytes: 100, freeBytes: 100 })),
    });
  const find = async (id: string): Promise<Job> => {
    const job = await store.jobs.find({ id, account: LAB_KEY.account });
    if (job === null) throw new Error(`There is no job ${id}`);
    return job;
  };
  return {
    store,
    feed,
    admission,
    jobs,
    worker: create(),
    createWorker: create,
    find,
    async submit({ key = LAB_KEY, keyId = key.id, host = "page.test", idempotencyKey } = {}) {
      const { jobId } = await jobs.submit({
        key: { ...key, id: keyId },
        order: orderOf(`http://${host}/${randomUUIDv7()}`),
        requestId: "request",
        idempotencyKey: idempotencyKey ?? null,
      });
      return jobId;
    },
    async untilFinal(id) {
      await waitUntil(async () => isFinalStatus((await find(id)).status), 10_000);
      return find(id);
    },
  };
}

export function orderOf(url: string): ExtractOrder {
  return {
    processingMode: "async",
    asked: { proxy: null, headers: null, wait_config: null },
    page: { ...PAGE_REQUEST, url },
  };
}

export const LAB_KEY: ApiKey = {
  id: "key",
  name: "",
  account: "default",
  scope: "all",
  prefix: "",
  monthlyBudget: null,
  perMinute: null,
  concurrency: null,
  createdAt: new Date(0),
  revokedAt: null,
};

export const RESULT: PageResult = {
  data: { markdown: "# Read", html: null, text: null, contentHtml: null, links: null },
  page: NO_METADATA,
  transfer: {
    httpStatus: 200,
    finalUrl: "http://page.test/",
    contentType: "text/html",
    bytes: 10,
    redirects: [],
  },
  rendered: false,
  durationMs: 1,
  retryCount: 0,
  trace: null,
};

interface HeldPage {
  readonly work: PageWork;
  readonly read: () => void;
}

/** Pages that are read when the test says so. */
export function holdPages() {
  const waiting: HeldPage[] = [];
  let most = 0;
  let isOpen = false;
  const readOrder: ReadOrder = (work) =>
    new Promise((resolve, reject) => {
      const leave = () => waiting.splice(waiting.indexOf(page), 1);
      const page: HeldPage = {
        work,
        read: () => {
          leave();
          resolve(RESULT);
        },
      };
      waiting.push(page);
      most = Math.max(most, waiting.length);
      work.signal.addEventListener("abort", () => {
        if (waiting.includes(page)) leave();
        reject(work.signal.reason);
      });
      if (isOpen) page.read();
    });
  return {
    waiting,
    readOrder,
    most: () => most,
    readAll: () => {
      isOpen = true;
      for (const page of [...waiting]) page.read();
    },
  };
}
