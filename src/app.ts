import { createPlaces } from "./concurrency/places.ts";
import type { Config, Machine } from "./config.ts";
import type { NewKey } from "./contract/api-key.ts";
import type { DoctorFinding } from "./contract/doctor-finding.ts";
import type { RequestChecks } from "./contract/request-fields.ts";
import { StartError } from "./contract/start-error.ts";
import { createHttpServer, type HttpServer } from "./doors/http/create-http-server.ts";
import { createEgress } from "./egress/create-egress.ts";
import type { Egress } from "./egress/egress.ts";
import { judgeUrl } from "./egress/policy/judge-url.ts";
import { createReadPage, type ReadPage } from "./page/create-read-page.ts";
import { createReadSavedPage, type ReadSavedPage } from "./page/create-read-saved-page.ts";
import { createFetchPage } from "./page/fetch/fetch-page.ts";
import { createParsePool, type ParsePool } from "./page/parse-pool.ts";
import { findBrowser } from "./page/render/browser/find-browser.ts";
import { openRenderer, type Renderer } from "./page/render/open-renderer.ts";
import { createRenderMemory } from "./page/render/render-memory.ts";
import { isSelector } from "./page/tree/select.ts";
import { createMemoryReader } from "./read-memory.ts";
import { readProduct } from "./read-product.ts";
import { createAdmission } from "./services/admission.ts";
import { createJobService } from "./services/create-job-service.ts";
import { examine } from "./services/doctor.ts";
import { createExtractService } from "./services/extract.ts";
import { createHealthService } from "./services/health.ts";
import { createJobFeed } from "./services/job-feed.ts";
import { createKeyService, type KeyService } from "./services/keys.ts";
import { createQueueLimit } from "./services/queue-limit.ts";
import { createRateLimit } from "./services/rate-limit.ts";
import { createReadOrder } from "./services/read-order.ts";
import { createRefuseRendering } from "./services/refuse-rendering.ts";
import { createReadStatistics } from "./services/statistics.ts";
import { createTokenBudget } from "./services/token-budget.ts";
import { openStore } from "./store/open-store.ts";
import type { Store } from "./store/store.ts";
import { createLogger, type Logger } from "./telemetry/create-logger.ts";
import { createMetrics } from "./telemetry/create-metrics.ts";
import { createWorker, type Worker } from "./worker/create-worker.ts";
import { startSweeper } from "./worker/sweeper.ts";

const HOUR_MS = 3_600_000;
const now = (): Date => new Date();
/** Milliseconds that never go back. */
const steadyNow = (): number => performance.now();

/** The only place that builds things: one factory for each way to run, and what each of them closes. */
export interface Surroundings {
  readonly config: Config;
  readonly machine: Machine;
}

/** `quern serve`. */
export interface ServerApp {
  readonly url: string;
  readonly dataDir: string;
  /** Made just now, since there was none: shown once. */
  readonly firstKey: NewKey | null;
  /** Takes no new work, lets what runs end for `QUERN_STOP_MS`, then closes everything. */
  stop(): Promise<void>;
}

/** @throws StartError where the settings, the data folder or the address can't be used. */
export async function startServer({ config, machine }: Surroundings): Promise<ServerApp> {
  const logger = createLogger({ level: config.logLevel, format: config.logFormat });
  const { version } = readProduct();
  const metrics = createMetrics({ version });
  const store = await openStore({ dataDir: config.dataDir, role: "server" });
  const keys = openKeys(store, config);
  const pages = openPages({ config, machine }, logger);
  const places = createPlaces({ limit: config.concurrency, maxWaiting: config.concurrency * 8 });
  const admission = createAdmission({ places, keyConcurrency: config.keyConcurrency });
  const rateLimit = createRateLimit({ now: steadyNow });
  const budget = createTokenBudget({ usage: store.usage, now });
  const feed = createJobFeed();
  const { jobs } = store;
  const queueLimit = createQueueLimit({ limit: config.queueLimit, jobs, feed, steadyNow });
  const readOrder = createReadOrder({ readPage: pages.readPage, metrics, logger });
  const kept = { retentionMs: config.retentionHours * HOUR_MS, now };
  const { findBrowser } = pages.renderer;
  const refuseRendering = createRefuseRendering({ findBrowser });
  metrics.watchPlaces(() => places);
  metrics.watchParsePool(() => pages.parsePool);

  const http = createHttpServer({
    logger,
    metrics,
    version,
    now,
    maxBodyBytes: config.maxBodyBytes,
    checks: requestChecks(config),
    services: {
      authenticate: async (secret) => {
        const key = await keys.authenticate(secret);
        if (key !== null) rateLimit.take(key);
        return key;
      },
      extract: createExtractService({
        ...{ refuseRendering, readOrder, admission, budget, jobs, ...kept },
      }),
      jobs: createJobService({
        ...{ refuseRendering, jobs, feed, budget, queueLimit, ...kept },
      }),
      readStatistics: createReadStatistics({ usage: store.usage, now }),
      readConcurrency: (key) => ({
        work_concurrency_in_use: admission.inUse(key),
        work_concurrency_limit: admission.limitOf(key),
      }),
      health: createHealthService({ store, findBrowser, logger }),
    },
  });

  const readFreeMemory = createMemoryReader();
  const worker = createWorker({
    ...{ work: store.work, feed, admission, readOrder, findKey: keys.find, logger, ...kept },
    ...{ fullHosts: pages.fullHosts, hostConcurrency: config.hostConcurrency },
    ...{ hostDelayMs: config.hostDelayMs, leaseMs: config.leaseMs },
    maxAttempts: config.maxAttempts,
    readMemory: () => ({ limitBytes: machine.memoryBytes, freeBytes: readFreeMemory() }),
  });
  const stopSweeping = startSweeper({ retention: store.retention, now, logger });
  metrics.watchJobs(() => worker);
  feed.listen(({ status }) => metrics.jobChanged(status));
  const running: Running = { http, worker, stopSweeping, pages, store };
  try {
    await pages.renderer.cleanUp();
    await worker.start();
    const url = await listen(http, config);
    await store.announce(url);
    const firstKey = await keys.ensureFirstKey();
    const stop = async () => {
      logger.info({ stopMs: config.stopMs }, "stopping");
      await stopInOrder(running, config.stopMs);
      logger.info({}, "stopped");
    };
    return { url, dataDir: config.dataDir, firstKey, stop };
  } catch (error) {
    await stopInOrder(running, 0);
    throw error;
  }
}

/** @throws StartError where the address can't be used. */
async function listen(http: HttpServer, { host, port }: Config): Promise<string> {
  try {
    const bound = await http.listen({ host, port });
    return `http://${bound.host.includes(":") ? `[${bound.host}]` : bound.host}:${bound.port}`;
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    const isInUse = "code" in cause && cause.code === "EADDRINUSE";
    const message = isInUse
      ? `Port ${port} of ${host} is in use: set QUERN_PORT to another one, or stop the program that has it.`
      : `Quern can't listen on ${host}, port ${port} (${cause.message}): set QUERN_HOST and QUERN_PORT.`;
    throw new StartError(message, { cause });
  }
}

/** `quern extract`: pages without a server. */
export interface PageReader {
  readonly readPage: ReadPage;
  readonly readSavedPage: ReadSavedPage;
  readonly checks: RequestChecks;
  stop(): Promise<void>;
}

export function createPageReader(surroundings: Surroundings): PageReader {
  const { config } = surroundings;
  const logger = createLogger({ level: "error", format: config.logFormat });
  const pages = openPages(surroundings, logger);
  return {
    readPage: pages.readPage,
    readSavedPage: createReadSavedPage(pages),
    checks: requestChecks(config),
    stop: pages.stop,
  };
}

/** `quern keys` and `quern backup`: the data, also beside a server that runs. */
export interface StoreAdmin {
  readonly keys: Pick<KeyService, "create" | "list" | "revoke">;
  readonly backup: Store["backup"];
  stop(): Promise<void>;
}

/** @throws StartError where the data folder can't be used. */
export async function openStoreAdmin(config: Config): Promise<StoreAdmin> {
  const store = await openStore({ dataDir: config.dataDir, role: "command" });
  return { keys: openKeys(store, config), backup: store.backup, stop: store.stop };
}

/** `quern doctor`. */
export function runDoctor({ dataDir, browserPath }: Config): Promise<DoctorFinding[]> {
  return examine({
    dataDir,
    browserPath,
    openStore: () => openStore({ dataDir, role: "command" }),
    findBrowser: () => findBrowser(browserPath),
  });
}

interface Pages {
  readonly readPage: ReadPage;
  readonly fullHosts: () => readonly string[];
  readonly parsePool: ParsePool;
  readonly renderer: Renderer;
  readonly stop: () => Promise<void>;
}

/** Everything between a URL and its content. */
function openPages({ config, machine }: Surroundings, logger: Logger): Pages {
  const egress = openEgress(config, logger);
  const userAgent = config.userAgent ?? readProduct().userAgent;
  const { maxPageBytes } = config;
  const renderer = openRenderer({
    ...{ egress, logger, userAgent, maxPageBytes, connectTimeoutMs: CONNECT_TIMEOUT_MS },
    browserPath: config.browserPath,
    maxTabs: config.browserPages,
    idleMs: config.browserIdleMs,
    sandbox: config.browserSandbox,
    memoryBytes: machine.memoryBytes,
  });
  const parsePool = createParsePool({
    maxThreads: machine.cores,
    timeoutMs: PARSE_TIMEOUT_MS,
    heapMiB: heapOfThread(machine),
  });
  const readPage = createReadPage({
    waitForTurn: egress.waitForTurn,
    fetchPage: createFetchPage({
      ...{ egress, userAgent, maxPageBytes, connectTimeoutMs: CONNECT_TIMEOUT_MS },
    }),
    waitForPlace: renderer.waitForPlace,
    renderPage: renderer.renderPage,
    renderMemory: createRenderMemory({ now: steadyNow }),
    parsePool,
    random: Math.random,
  });
  return {
    readPage,
    fullHosts: () => egress.fullHosts(),
    parsePool,
    renderer,
    stop: async () => {
      await renderer.stop();
      await egress.stop();
      await parsePool.stop();
    },
  };
}

/** Thirty times what the largest page that we know takes; less would fail pages on a busy machine. */
const PARSE_TIMEOUT_MS = 15_000;
/** A dead host leaves time for another try within the default timeout. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Half of the memory is for the threads; a page of the largest size fits in the smallest share. */
function heapOfThread({ cores, memoryBytes }: Machine): number {
  return Math.max(128, Math.min(512, Math.floor(memoryBytes / 2 / cores / 1024 ** 2)));
}

function openEgress(config: Config, logger: Logger): Egress {
  return createEgress({
    policy: egressPolicy(config),
    proxies: config.proxies,
    proxyDefault: config.proxyDefault,
    hostConcurrency: config.hostConcurrency,
    hostDelayMs: config.hostDelayMs,
    onEvent: ({ error, ...event }) => logger.warn({ ...event, err: error }, "proxy"),
  });
}

function egressPolicy({ allowNetworks, allowPorts }: Config) {
  return { networks: allowNetworks, ports: allowPorts };
}

function requestChecks(config: Config): RequestChecks {
  const policy = egressPolicy(config);
  return { judgeUrl: (url) => judgeUrl(policy, url), isSelector };
}

function openKeys(store: Store, config: Config): KeyService {
  return createKeyService({
    store: store.keys,
    now,
    configuredSecret: config.apiKey,
  });
}

interface Running {
  readonly http: HttpServer;
  readonly worker: Worker;
  readonly stopSweeping: () => void;
  readonly pages: Pages;
  readonly store: Store;
}

async function stopInOrder({ http, worker, stopSweeping, pages, store }: Running, stopMs: number) {
  const deadline = AbortSignal.timeout(stopMs);
  await Promise.race([Promise.all([http.beginStop(), worker.drain()]), aborted(deadline)]);
  // What still runs has had its time: jobs go back to the queue, connections are cut, which aborts their work.
  await worker.stop();
  await http.close(deadline.aborted ? deadline : AbortSignal.timeout(CLOSE_MS));
  stopSweeping();
  await pages.stop();
  await store.stop();
}

/** For answers that are on their way when the last work has ended. */
const CLOSE_MS = 1000;

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
