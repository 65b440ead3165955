import { type ExpressionBuilder, sql } from "kysely";
import type { Job, JobEnd } from "../contract/job.ts";
import { JOB_COLUMNS, parseOwnJson, toEndColumns, toJob, toResultRow } from "./job-rows.ts";
import { isProcessing, isQueued } from "./job-states.ts";
import type { Schema } from "./schema.ts";
import type { SqlEngine } from "./sql-engine.ts";
import type {
  ClaimedJob,
  ReclaimOrder,
  WaitingJob,
  WaitingQuery,
  WorkStore,
} from "./work-store.ts";

interface Clocks {
  /** Milliseconds that never jump, for leases. */
  readonly steadyNow: () => number;
  /** What people call the time, for records. */
  readonly now: () => Date;
}

export function createSqlWorkStore(engine: SqlEngine, clocks: Clocks): WorkStore {
  const { query } = engine;
  const { steadyNow } = clocks;
  return {
    async enlist(id, leaseMs) {
      const row = { id, lease_until: steadyNow() + leaseMs };
      await engine.write([{ query: query.insertInto("workers").values(row) }]);
    },
    async renew(id, leaseMs) {
      const now = steadyNow();
      const renewal = query
        .updateTable("workers")
        .set({ lease_until: now + leaseMs })
        .where("id", "=", id)
        .where("lease_until", ">", now);
      return (await engine.write([{ query: renewal, required: true }])).applied;
    },
    leave: (id) => leave(engine, clocks, id),
    listWaitingKeys: (page) => listWaitingKeys(engine, page),
    listWaiting: (wish) => listWaiting(engine, wish),
    claim: (workerId, ids) => claim(engine, clocks, { workerId, ids }),
    finish: (claimed, end) => finish(engine, claimed, end),
    reclaim: (order) => reclaim(engine, clocks, order),
  };
}

async function leave({ query, write }: SqlEngine, { now }: Clocks, id: string): Promise<Job[]> {
  const giveBack = query
    .updateTable("jobs")
    .set(({ ref }) => ({ ...QUEUED, ...changedAt(now()), version: increased(ref("version")) }))
    .where("worker_id", "=", id)
    .where(isProcessing)
    .returning(JOB_COLUMNS);
  const outcome = await write([
    { query: giveBack },
    { query: query.deleteFrom("workers").where("id", "=", id) },
  ] as const);
  return outcome.applied ? outcome.results[0].rows.map(toJob) : [];
}

/** One step of the index for each key, however many jobs it has. */
async function listWaitingKeys(
  { query, read }: SqlEngine,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const nextAfter = (key: unknown) =>
    sql`(select min(key_id) from jobs where status = 'queued' and key_id > ${key})`;
  const keys = sql<{ key_id: string }>`
    with recursive waiting (key_id) as (
      select ${nextAfter(after ?? "")}
      union all
      select ${nextAfter(sql.ref("waiting.key_id"))} from waiting where waiting.key_id is not null
    )
    select key_id from waiting where key_id is not null limit ${limit}`;
  const rows = await read({ compile: () => keys.compile(query) });
  return rows.map(({ key_id }) => key_id);
}

async function listWaiting(
  { query, read }: SqlEngine,
  { keyId, fullHosts, limit }: WaitingQuery,
): Promise<readonly WaitingJob[]> {
  const waiting = query
    .selectFrom("jobs")
    .select(["id", "host"])
    .where("key_id", "=", keyId)
    .where(isQueued)
    .orderBy("id")
    .limit(limit);
  return read(fullHosts.length === 0 ? waiting : waiting.where("host", "not in", fullHosts));
}

async function claim(
  { query, write }: SqlEngine,
  { now, steadyNow }: Clocks,
  { workerId, ids }: { workerId: string; ids: readonly string[] },
): Promise<ClaimedJob[]> {
  if (ids.length === 0) return [];
  const taking = query
    .updateTable("jobs")
    .set(({ ref }) => ({
      status: "processing",
      worker_id: workerId,
      ...changedAt(now()),
      fence: increased(ref("fence")),
      version: increased(ref("version")),
    }))
    .where("id", "in", ids)
    .where(isQueued)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("workers")
          .select("id")
          .where("workers.id", "=", workerId)
          .where("lease_until", ">", steadyNow()),
      ),
    )
    .returning([
      ...(["id", "account", "key_id", "host", "request", "request_id"] as const),
      ...(["created_at", "fence", "version"] as const),
    ]);
  const outcome = await write([{ query: taking }] as const);
  return outcome.applied ? outcome.results[0].rows.map(toClaimed) : [];
}

async function finish(
  { query, write }: SqlEngine,
  { id, fence }: Pick<ClaimedJob, "id" | "fence">,
  end: JobEnd,
): Promise<boolean> {
  const ending = query
    .updateTable("jobs")
    .set(({ ref }) => ({ ...toEndColumns(end), version: increased(ref("version")) }))
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("status", "=", "processing");
  const result = query.insertInto("results").values(await toResultRow(id, end));
  return (await write([{ query: ending, required: true }, { query: result }])).applied;
}

async function reclaim(
  { query, write }: SqlEngine,
  { now, steadyNow }: Clocks,
  { maxDeaths, limit, poison }: ReclaimOrder,
): Promise<Job[]> {
  const end: JobEnd = {
    status: "failed",
    completedAt: poison.at,
    resultExpiresAt: poison.resultExpiresAt,
    error: poison.error,
    tokensCharged: 0,
    durationMs: null,
    metadata: null,
    data: null,
  };
  const live = query.selectFrom("workers").select("id").where("lease_until", ">", steadyNow());
  const orphans = query
    .selectFrom("jobs")
    .select("id")
    .where(isProcessing)
    .where("worker_id", "not in", live)
    .limit(limit);
  const counted = ({ ref }: ExpressionBuilder<Schema, "jobs">) => ({
    deaths: increased(ref("deaths")),
    version: increased(ref("version")),
  });
  const giveUp = query
    .updateTable("jobs")
    .set((eb) => ({ ...toEndColumns(end), ...counted(eb) }))
    .where("id", "in", orphans.where("deaths", ">=", maxDeaths - 1))
    .returning(JOB_COLUMNS);
  const requeue = query
    .updateTable("jobs")
    .set((eb) => ({ ...QUEUED, ...changedAt(now()), ...counted(eb) }))
    .where("id", "in", orphans.where("deaths", "<", maxDeaths - 1))
    .returning(JOB_COLUMNS);
  const outcome = await write([{ query: giveUp }, { query: requeue }] as const);
  return outcome.applied ? outcome.results.flatMap(({ rows }) => rows.map(toJob)) : [];
}

const QUEUED = { status: "queued", worker_id: null } as const;

function changedAt(at: Date) {
  return { changed_at: at.getTime() };
}

function increased(column: unknown) {
  return sql<number>`${column} + 1`;
}

function toClaimed(row: {
  readonly id: string;
  readonly account: string;
  readonly key_id: string;
  readonly host: string;
  readonly request: string | null;
  readonly request_id: string;
  readonly created_at: number;
  readonly fence: number;
  readonly version: number;
}): ClaimedJob {
  if (row.request === null) throw new TypeError(`The open job ${row.id} has no request`);
  return {
    id: row.id,
    account: row.account,
    keyId: row.key_id,
    host: row.host,
    order: parseOwnJson(row.request),
    requestId: row.request_id,
    createdAt: new Date(row.created_at),
    fence: row.fence,
    version: row.version,
  };
}
