import { z } from "zod";
import { mapLimit } from "../../../src/concurrency/map-limit.ts";
import { type Api, type ApiAnswer, createApi } from "../api.ts";
import { checkJob, finalJob, isPoison, nameOf } from "./check-job.ts";
import type { CrashKey } from "./crash-keys.ts";
import { type Fault, faultIf } from "./fault.ts";
import type { Entry } from "./ledger.ts";
import { toRequest } from "./submit-one.ts";

export interface CheckDeps {
  readonly url: string;
  readonly siteUrl: string;
  readonly keys: readonly CrashKey[];
  readonly signal: AbortSignal;
}

export interface CheckedAnswers {
  readonly faults: readonly Fault[];
  /** How many rows of the list have each status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly poisoned: number;
  /** Idempotency keys that were sent again. */
  readonly repeated: number;
}

/** Asks a server at rest for everything that the driver was told of, and compares. */
export async function checkAnswers(
  entries: readonly Entry[],
  deps: CheckDeps,
): Promise<CheckedAnswers> {
  const jobs = await checkJobs(entries, deps);
  const repeats = await checkRepeats(entries, deps);
  const rows = await listRows(deps);
  const charged = await sumCharges(deps);
  const completed = rows.filter(({ status }) => status === "completed").length;
  return {
    faults: [
      ...entries.flatMap(checkOdd),
      ...jobs.flatMap(({ faults }) => faults),
      ...repeats.flat(),
      ...checkRows(entries, rows, deps.siteUrl),
      ...faultIf(charged !== completed, "wrong", `${charged} charged for ${completed} completed`),
    ],
    statuses: countStatuses(rows),
    poisoned: jobs.filter((job) => job.isPoisoned).length,
    repeated: repeats.length,
  };
}

const AT_ONCE = 20;

function checkOdd({ answer, submission }: Entry): Fault[] {
  if (answer.kind !== "odd") return [];
  return [{ kind: "wrong", what: `${submission.kind} was answered with ${answer.text}` }];
}

function checkJobs(entries: readonly Entry[], { url, keys, signal }: CheckDeps) {
  const accepted = entries.filter(({ answer }) => answer.kind === "accepted");
  return mapLimit(accepted, { limit: AT_ONCE, signal }, async (entry) => {
    const answer = await apiOf(entry, url, keys).get(`/v1/extract/${jobIdOf(entry)}`);
    const job = finalJob.safeParse(answer.status === 200 ? answer.json() : null);
    return { faults: checkJob(entry, answer), isPoisoned: job.success && isPoison(job.data) };
  });
}

/** The same request under the same idempotency key gives the old job; another one is refused. */
function checkRepeats(
  entries: readonly Entry[],
  { url, keys, siteUrl, signal }: CheckDeps,
): Promise<Fault[][]> {
  const repeatable = entries.filter(
    ({ answer, submission }) => answer.kind === "accepted" && submission.idempotencyKey !== null,
  );
  return mapLimit(repeatable, { limit: AT_ONCE, signal }, async (entry) => {
    const api = apiOf(entry, url, keys);
    const other = { ...entry.submission, path: `${entry.submission.path}&other` };
    const again = await api.send(toRequest(entry.submission, siteUrl));
    const reused = await api.send(toRequest(other, siteUrl));
    const isSame = again.status === 202 && again.text.includes(jobIdOf(entry));
    return [
      ...faultIf(!isSame, "doubled", `${nameOf(entry)} again: ${describe(again)}`),
      ...faultIf(reused.status !== 409, "doubled", `${nameOf(entry)} reused: ${describe(reused)}`),
    ];
  });
}

function describe({ status, text }: ApiAnswer): string {
  return `${status} ${text.slice(0, 200)}`;
}

function jobIdOf({ answer }: Entry): string {
  return answer.kind === "accepted" ? answer.jobId : "";
}

function apiOf({ submission }: Entry, url: string, keys: readonly CrashKey[]): Api {
  return createApi({ url, key: keys[submission.keyIndex]?.secret ?? "" });
}

type Row = z.infer<typeof listPage>["jobs"][number];

async function listRows({ url, keys }: CheckDeps): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { secret } of oneOfEachAccount(keys)) {
    const api = createApi({ url, key: secret });
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await api.get(`/v1/extract/jobs?page=${page}&page_size=100`);
      const list = listPage.parse(answer.json());
      rows.push(...list.jobs);
      pages = list.page_count;
    }
  }
  return rows;
}

function oneOfEachAccount(keys: readonly CrashKey[]): readonly CrashKey[] {
  return keys.filter(
    ({ account }, index) => keys.findIndex((key) => key.account === account) === index,
  );
}

const listPage = z.looseObject({
  jobs: z.array(z.looseObject({ job_id: z.uuid(), status: z.string(), url: z.url() })),
  page_count: z.int(),
});

/** Each submission has a page of its own, so the page tells how often it was taken. */
function checkRows(entries: readonly Entry[], rows: readonly Row[], siteUrl: string): Fault[] {
  const statusesOf = Map.groupBy(rows, ({ url }) => url);
  const known = new Set(entries.map(({ submission }) => siteUrl + submission.path));
  const strangers = rows.filter(({ url }) => !known.has(url));
  return [
    ...entries.flatMap((entry) => {
      const statuses = statusesOf.get(siteUrl + entry.submission.path) ?? [];
      return checkRowsOf(
        entry,
        statuses.map(({ status }) => status),
      );
    }),
    ...strangers.map(({ url }) => ({ kind: "wrong" as const, what: `nobody asked for ${url}` })),
  ];
}

function checkRowsOf(entry: Entry, statuses: readonly string[]): Fault[] {
  const { answer } = entry;
  const name = nameOf(entry);
  const isPromised = answer.kind === "accepted" || answer.kind === "extracted";
  const recorded =
    answer.kind === "extracted" && (answer.httpStatus === 200 ? "completed" : "failed");
  const isOpen = statuses.some((status) => status === "queued" || status === "processing");
  return [
    ...faultIf(statuses.length > 1, "doubled", `${name} is listed as ${statuses.join(", ")}`),
    ...faultIf(isPromised && statuses.length === 0, "lost", `${name} is not listed`),
    ...faultIf(isOpen, "lost", `${name} is still open`),
    ...faultIf(
      recorded !== false && statuses.length > 0 && !statuses.includes(recorded),
      "wrong",
      `${name} was answered with ${recorded}, but is recorded as ${statuses.join(", ")}`,
    ),
  ];
}

function countStatuses(rows: readonly Row[]): Record<string, number> {
  const groups = Map.groupBy(rows, ({ status }) => status);
  return Object.fromEntries([...groups].map(([status, own]) => [status, own.length]));
}

async function sumCharges({ url, keys }: CheckDeps): Promise<number> {
  const answers = await Promise.all(
    oneOfEachAccount(keys).map(({ secret }) =>
      createApi({ url, key: secret }).get("/v1/statistics"),
    ),
  );
  return answers
    .map((answer) => statistics.parse(answer.json()).period_tokens_used)
    .reduce((sum, tokens) => sum + tokens, 0);
}

const statistics = z.looseObject({ period_tokens_used: z.int() });
