import { type Expression, type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { Job, JobEnd } from "../contract/job.ts";
import { END_COLUMNS, type EndColumns, JOB_COLUMNS, toEndColumns, toJob } from "./job-rows.ts";
import { isProcessing, isQueued } from "./job-states.ts";
import { parseOwnJson } from "./parse-own-json.ts";
import { prepareStatement, type Slot, slotsOf } from "./prepare-statement.ts";
import { prepareResult } from "./result-rows.ts";
import type { JobTable, Schema } from "./schema.ts";
import type { SqlEngine } from "./sql-engine.ts";
import type { ClaimedJob, ReclaimOrder, WorkStore } from "./work-store.ts";

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
    listWaitingKeys: createListWaitingKeys(engine),
    listWaiting: createListWaiting(engine),
    claim: createClaim(engine, clocks),
    finish: createFinish(engine),
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
function createListWaitingKeys({ query, read }: SqlEngine): WorkStore["listWaitingKeys"] {
  const nextAfter = (key: unknown) =>
    sql`(select min(key_id) from jobs where status = 'queued' and key_id > ${key})`;
  const select = prepareStatement((slot: Slot<{ after: string; limit: number }>) => {
    const keys = sql<{ key_id: string }>`
      with recursive waiting (key_id) as (
        select ${nextAfter(slot("after"))}
        union all
        select ${nextAfter(sql.ref("waiting.key_id"))} from waiting where waiting.key_id is not null
      )
      select key_id from waiting where key_id is not null limit ${slot("limit")}`;
    return { compile: () => keys.compile(query) };
  });
  return async ({ after, limit }) => {
    const rows = await read(select({ after: after ?? "", limit }));
    return rows.map(({ key_id }) => key_id);
  };
}

function createListWaiting({ query, read }: SqlEngine): WorkStore["listWaiting"] {
  const waitingOf = ({ keyId, limit }: { keyId: Expression<string>; limit: Expression<number> }) =>
    query
      .selectFrom("jobs")
      .select(["id", "host"])
      .where("key_id", "=", keyId)
      .where(isQueued)
      .orderBy("id")
      .limit(limit);
  const select = prepareStatement((slot: Slot<{ keyId: string; limit: number }>) =>
    waitingOf({ keyId: slot("keyId"), limit: slot("limit") }),
  );
  return ({ keyId, fullHosts, limit }) => {
    if (fullHosts.length === 0) return read(select({ keyId, limit }));
    const waiting = waitingOf({ keyId: sql.val(keyId), limit: sql.val(limit) });
    return read(waiting.where("host", "not in", fullHosts));
  };
}

/** Job by job, so that it is the same statement however many there are. */
function createClaim({ query, write }: SqlEngine, { now, steadyNow }: Clocks): WorkStore["claim"] {
  const take = prepareStatement((slot: Slot<Taking>) =>
    query
      .updateTable("jobs")
      .set(({ ref }) => ({
        status: "processing",
        worker_id: slot("workerId"),
        changed_at: slot("at"),
        fence: increased(ref("fence")),
        version: increased(ref("version")),
      }))
      .where("id", "=", slot("id"))
      .where(isQueued)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("workers")
            .select("id")
            .where("workers.id", "=", slot("workerId"))
            .where("lease_until", ">", slot("steadyNow")),
        ),
      )
      .returning(CLAIMED_COLUMNS),
  );
  return async (workerId, ids) => {
    if (ids.length === 0) return [];
    const moment = { workerId, at: now().getTime(), steadyNow: steadyNow() };
    const outcome = await write(ids.map((id) => ({ query: take({ ...moment, id }) })));
    return outcome.applied ? outcome.results.flatMap(({ rows }) => rows.map(toClaimed)) : [];
  };
}

interface Taking {
  readonly id: string;
  readonly workerId: string;
  readonly at: number;
  readonly steadyNow: number;
}

function createFinish(engine: SqlEngine): WorkStore["finish"] {
  const { query, write } = engine;
  const update = prepareStatement((slot: Slot<EndColumns & { id: string; fence: number }>) =>
    query
      .updateTable("jobs")
      .set(({ ref }) => ({ ...slotsOf(slot, END_COLUMNS), version: increased(ref("version")) }))
      .where("id", "=", slot("id"))
      .where("fence", "=", slot("fence"))
      .where(isProcessing),
  );
  const keepResult = prepareResult(engine);
  return async ({ id, fence }, end) => {
    const result = await keepResult(id, end);
    const ending = update({ ...toEndColumns(end), id, fence });
    const outcome = await write([{ query: ending, required: true }, result]);
    return outcome.applied;
  };
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

const CLAIMED_COLUMNS = [
  ...(["id", "account", "key_id", "host", "request", "request_id"] as const),
  ...(["created_at", "fence", "version"] as const),
] as const satisfies readonly (keyof JobTable)[];

type ClaimedRow = Pick<Selectable<JobTable>, (typeof CLAIMED_COLUMNS)[number]>;

function toClaimed(row: ClaimedRow): ClaimedJob {
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
