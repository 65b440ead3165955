import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Site, startSite } from "../../site/site.ts";
import { createApi } from "../api.ts";
import { createRandom } from "../create-random.ts";
import { freePort } from "../free-port.ts";
import { networksOf } from "../lab.ts";
import { TEST_KEY } from "../start-quern.ts";
import { withTempFolder } from "../temp-folder.ts";
import { type CheckedAnswers, checkAnswers } from "./check-answers.ts";
import { checkDatabase } from "./check-database.ts";
import { copyDatabase } from "./copy-database.ts";
import { type CrashKey, makeCrashKeys } from "./crash-keys.ts";
import type { Fault } from "./fault.ts";
import { killAtRandom } from "./kill-at-random.ts";
import type { Answer, Entry } from "./ledger.ts";
import { planSubmissions } from "./plan-submissions.ts";
import { readTail } from "./read-tail.ts";
import { type Life, startLife } from "./start-life.ts";
import { submitOne } from "./submit-one.ts";

export interface CrashOrder {
  readonly kills: number;
  /** Submissions, spread over the server's lives. */
  readonly jobs: number;
  readonly seed: number;
  /** For everything together. */
  readonly timeoutMs: number;
  readonly onKill?: (kills: number) => void;
}

export interface CrashReport {
  readonly seed: number;
  readonly kills: number;
  readonly submissions: number;
  /** How often the driver was answered how. */
  readonly answers: Readonly<Record<Answer["kind"], number>>;
  /** Jobs by their final status, synchronous ones with them. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Of the failed ones: given up after too many deaths. */
  readonly poisoned: number;
  /** Idempotency keys that were sent again at the end. */
  readonly repeated: number;
  /** From the start of the process to its first answer, of each life that came so far. */
  readonly restartMs: readonly number[];
  readonly wallMs: number;
  readonly faults: readonly Fault[];
}

/** Submits jobs to a server that is killed again and again, lets it come to rest, and compares what is there with what it promised. */
export async function runCrashes(order: CrashOrder): Promise<CrashReport> {
  const site = await startSite();
  try {
    return await withTempFolder((folder) => crashIn(folder, site, order));
  } finally {
    await site.stop();
  }
}

async function crashIn(folder: string, site: Site, order: CrashOrder): Promise<CrashReport> {
  const begin = performance.now();
  const signal = AbortSignal.timeout(order.timeoutMs);
  const dataDir = join(folder, "data");
  await mkdir(dataDir);
  const keys = await makeCrashKeys(dataDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, "server.log");
  const env = toEnvironment(dataDir, port, site);
  const start = () => startLife({ env, cwd: folder, url, logFile });
  const submit = startSubmitting(order, { url, keys, siteUrl: site.url, signal });
  const progress = { answers: submit.answers, visits: () => site.requests.length };
  const killed = await killAtRandom({ ...order, start, submit: submit.next, progress, signal });
  const last = start();
  try {
    const entries = await settle(last, submit, { url, keys, signal });
    const checked = await checkAnswers(entries, { url, siteUrl: site.url, keys, signal });
    const copy = await copyDatabase(dataDir, folder);
    const faults = [...killed.faults, ...checked.faults, ...checkDatabase(copy)];
    const restartMs = [...killed.restartMs, (await last.firstAnswerMs) ?? Number.NaN];
    return toReport(order, entries, { ...checked, faults, restartMs, begin });
  } catch (cause) {
    throw new Error(
      `${cause}\nseed ${order.seed}; the server's log ends with\n${readTail(logFile)}`,
      {
        cause,
      },
    );
  } finally {
    await last.kill();
  }
}

function toEnvironment(dataDir: string, port: number, site: Site): Record<string, string> {
  return {
    QUERN_PORT: String(port),
    QUERN_DATA_DIR: dataDir,
    QUERN_API_KEY: TEST_KEY,
    QUERN_ALLOW_NETWORKS: networksOf(site),
    // All pages are on one host, as no user's are.
    QUERN_HOST_CONCURRENCY: "50",
    // With kills so near to each other most jobs would be given up, and what is given up proves little.
    QUERN_MAX_ATTEMPTS: "10",
    QUERN_LOG_FORMAT: "json",
    QUERN_LOG_LEVEL: "warn",
  };
}

interface Clients {
  readonly url: string;
  readonly keys: readonly CrashKey[];
  readonly siteUrl: string;
  readonly signal: AbortSignal;
}

interface Submitting {
  /** Lets the next so many go, all at once. */
  readonly next: (count: number) => void;
  /** How many were answered, or will not be. */
  readonly answers: () => number;
  /** Resolves when all that were let go have heard everything they wait for. */
  readonly finish: () => Promise<Entry[]>;
}

function startSubmitting(order: CrashOrder, clients: Clients): Submitting {
  const plan = planSubmissions(order.jobs, clients.keys.length, createRandom(order.seed));
  const running: Promise<Entry>[] = [];
  let answers = 0;
  const onAnswer = () => {
    answers += 1;
  };
  const next = (count: number) => {
    for (const submission of plan.slice(running.length, running.length + count)) {
      const key = clients.keys[submission.keyIndex]?.secret ?? "";
      const entry = submitOne(submission, { ...clients, key, onAnswer });
      // It is awaited at the end; until then a failure is not unheard.
      entry.catch(() => undefined);
      running.push(entry);
    }
  };
  return {
    next,
    answers: () => answers,
    finish: () => {
      next(plan.length - running.length);
      return Promise.all(running);
    },
  };
}

/** Waits until all submissions are answered and no job is open any more. */
async function settle(
  life: Life,
  submit: Submitting,
  { url, keys, signal }: Pick<Clients, "url" | "keys" | "signal">,
): Promise<Entry[]> {
  const died = life.end.then((end) =>
    Promise.reject(new Error(`The server ended by itself: ${end}`)),
  );
  const entries = await Promise.race([submit.finish(), died]);
  for (const { secret } of keys) {
    const api = createApi({ url, key: secret });
    for (const status of ["queued", "processing"]) {
      while ((await countPages(api, status)) > 0) await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  }
  // Nothing goes back from processing to queued without a death.
  died.catch(() => undefined);
  return entries;
}

const LOOK_EVERY_MS = 100;

async function countPages(api: ReturnType<typeof createApi>, status: string): Promise<number> {
  const answer = await api.get(`/v1/extract/jobs?status=${status}&page_size=1`);
  return listFrame.parse(answer.json()).page_count;
}

const listFrame = z.looseObject({ page_count: z.int() });

function toReport(
  { seed, kills }: CrashOrder,
  entries: readonly Entry[],
  found: CheckedAnswers & { readonly restartMs: readonly number[]; readonly begin: number },
): CrashReport {
  const count = (kind: Answer["kind"]) =>
    entries.filter(({ answer }) => answer.kind === kind).length;
  return {
    seed,
    kills,
    submissions: entries.length,
    answers: {
      accepted: count("accepted"),
      extracted: count("extracted"),
      unknown: count("unknown"),
      odd: count("odd"),
    },
    statuses: found.statuses,
    poisoned: found.poisoned,
    repeated: found.repeated,
    restartMs: found.restartMs,
    wallMs: performance.now() - found.begin,
    faults: found.faults,
  };
}
