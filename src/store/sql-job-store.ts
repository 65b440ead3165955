import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { JobEnd } from "../contract/job.ts";
import {
  JOB_COLUMNS,
  toEndColumns,
  toFormatMark,
  toFormatsColumn,
  toJob,
  toResult,
  toResultRow,
} from "./job-rows.ts";
import { isOpen } from "./job-states.ts";
import type {
  BudgetGuard,
  Idempotency,
  JobOfAccount,
  JobQuery,
  JobStore,
  NewJob,
  RecordedJob,
  Submission,
} from "./job-store.ts";
import { chargedSince, reservedBy } from "./key-tokens.ts";
import type { Schema } from "./schema.ts";
import type { SqlEngine, Step } from "./sql-engine.ts";

export function createSqlJobStore(engine: SqlEngine): JobStore {
  const { query } = engine;
  return {
    submit: (job) => submit(engine, job),
    record: (job) => record(engine, job),
    async find(who) {
      const [row] = await engine.read(
        query.selectFrom("jobs").select(JOB_COLUMNS).where(isJobOf(who)),
      );
      return row === undefined ? null : toJob(row);
    },
    async findResult(id) {
      const [row] = await engine.read(
        query.selectFrom("results").select(["metadata", "data"]).where("job_id", "=", id),
      );
      return row === undefined ? null : toResult(row);
    },
    async listEvents(id, afterVersion) {
      const rows = await engine.read(
        query
          .selectFrom("job_events")
          .select(["version", "status", "at"])
          .where("job_id", "=", id)
          .where("version", ">", afterVersion)
          .orderBy("version"),
      );
      return rows.map(({ version, status, at }) => ({ version, status, at: new Date(at) }));
    },
    list: (wish) => list(engine, wish),
    cancel: (who, end) => cancel(engine, who, end),
    purge: (who, at) => purge(engine, who, at),
    async countOpen() {
      const [row] = await engine.read(
        query
          .selectFrom("jobs")
          .select(({ fn }) => fn.countAll<number>().as("open"))
          .where(isOpen),
      );
      return Number(row?.open ?? 0);
    },
  };
}

async function submit(engine: SqlEngine, job: NewJob): Promise<Submission> {
  const outcome = await engine.write([
    ...(job.idempotency === null ? [] : remember(engine, job, job.idempotency)),
    { query: insertQueued(engine, job), required: true },
  ]);
  if (outcome.applied) return { outcome: "accepted" };
  const earlier = job.idempotency && (await findEarlier(engine, job, job.idempotency));
  return earlier ?? { outcome: "over_budget" };
}

/** The idempotency key, unless it is remembered already: then the unit is off. */
function remember({ query }: SqlEngine, job: NewJob, { key, bodyHash, since }: Idempotency) {
  const forgetOld = query
    .deleteFrom("idempotency_keys")
    .where("account", "=", job.account)
    .where("key", "=", key)
    .where("created_at", "<=", since.getTime());
  const row = {
    account: job.account,
    key,
    body_hash: bodyHash,
    job_id: job.id,
    created_at: job.createdAt.getTime(),
  };
  const insertNew = query
    .insertInto("idempotency_keys")
    .values(row)
    .onConflict((conflict) => conflict.doNothing());
  return [{ query: forgetOld }, { query: insertNew, required: true }] satisfies Step<unknown>[];
}

async function findEarlier(
  { read, query }: SqlEngine,
  { account }: NewJob,
  { key, bodyHash, since }: Idempotency,
): Promise<Submission | null> {
  const [row] = await read(
    query
      .selectFrom("idempotency_keys")
      .select(["job_id", "body_hash"])
      .where("account", "=", account)
      .where("key", "=", key)
      .where("created_at", ">", since.getTime()),
  );
  if (row === undefined) return null;
  return { outcome: "repeated", jobId: row.job_id, hasSameBody: row.body_hash === bodyHash };
}

/** Inserts nothing where the budget leaves no token for it. */
function insertQueued({ query }: SqlEngine, job: NewJob) {
  const row = {
    ...toNewRow(job),
    status: "queued" as const,
    request: JSON.stringify(job.order),
    host: job.host,
    changed_at: job.createdAt.getTime(),
  };
  const { budget } = job;
  if (budget === null) return query.insertInto("jobs").values(row);
  const guarded = query
    .selectNoFrom((eb) => columnsOf(row).map((column) => eb.val(row[column]).as(column)))
    .where(fitsBudget(query, job.keyId, budget));
  return query.insertInto("jobs").columns(columnsOf(row)).expression(guarded);
}

function toNewRow(
  job: Pick<NewJob, "id" | "account" | "keyId" | "order" | "requestId" | "createdAt">,
) {
  return {
    id: job.id,
    account: job.account,
    key_id: job.keyId,
    mode: job.order.processingMode,
    url: job.order.page.url,
    formats: toFormatsColumn(job.order),
    request_id: job.requestId,
    created_at: job.createdAt.getTime(),
    version: 1,
  };
}

function fitsBudget(
  query: SqlEngine["query"],
  keyId: string,
  { limit, monthStart, heldElsewhere }: BudgetGuard,
) {
  const charged = chargedSince(query, keyId, monthStart);
  const reserved = reservedBy(query, keyId);
  return sql<boolean>`${charged} + ${reserved} < ${limit - heldElsewhere}`;
}

async function record(engine: SqlEngine, job: RecordedJob): Promise<void> {
  const { query } = engine;
  const row = { ...toNewRow(job), ...toEndColumns(job.end), host: "" };
  const result = await toResultRow(job.id, job.end);
  await engine.write([
    { query: query.insertInto("jobs").values(row) },
    { query: query.insertInto("results").values(result) },
  ]);
}

async function cancel(engine: SqlEngine, who: JobOfAccount, end: JobEnd) {
  const { query } = engine;
  const cancellation = query
    .updateTable("jobs")
    .set(({ ref }) => ({ ...toEndColumns(end), version: sql<number>`${ref("version")} + 1` }))
    .where(isJobOf(who))
    .where(isOpen)
    .returning(JOB_COLUMNS);
  const result = query.insertInto("results").values(await toResultRow(who.id, end));
  const outcome = await engine.write([
    { query: cancellation, required: true },
    { query: result },
  ] as const);
  const row = outcome.applied ? outcome.results[0].rows[0] : undefined;
  return row === undefined ? null : toJob(row);
}

async function purge({ query, write }: SqlEngine, who: JobOfAccount, at: Date): Promise<boolean> {
  const expire = query
    .updateTable("jobs")
    .set({ result_expires_at: at.getTime() })
    .where(isJobOf(who))
    .where("completed_at", "is not", null);
  const remove = query.deleteFrom("results").where("job_id", "=", who.id);
  const outcome = await write([{ query: expire, required: true }, { query: remove }]);
  return outcome.applied;
}

async function list({ query, scan }: SqlEngine, wish: JobQuery) {
  const filtered = query.selectFrom("jobs").where((eb) => eb.and(toFilters(eb, wish)));
  const [rows, [count]] = await Promise.all([
    scan(
      filtered
        .select(JOB_COLUMNS)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(wish.pageSize)
        .offset((wish.page - 1) * wish.pageSize),
    ),
    scan(filtered.select(({ fn }) => fn.countAll<number>().as("total"))),
  ]);
  return { jobs: rows.map(toJob), total: Number(count?.total ?? 0) };
}

function toFilters(eb: ExpressionBuilder<Schema, "jobs">, wish: JobQuery) {
  const filters: Expression<SqlBool>[] = [eb("account", "=", wish.account)];
  if (wish.id !== null) filters.push(eb("id", "=", wish.id));
  if (wish.status !== null) filters.push(eb("status", "=", wish.status));
  if (wish.from !== null) filters.push(eb("created_at", ">=", wish.from.getTime()));
  if (wish.to !== null) filters.push(eb("created_at", "<=", wish.to.getTime()));
  if (wish.format !== null) filters.push(contains(eb, "formats", toFormatMark(wish.format)));
  if (wish.url !== null) filters.push(contains(eb, "url", wish.url));
  return filters;
}

/** Without regard to case, as hosts are written. */
function contains(eb: ExpressionBuilder<Schema, "jobs">, column: "formats" | "url", part: string) {
  const pattern = `%${part.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`lower(${eb.ref(column)}) like ${pattern} escape '\\'`;
}

function isJobOf({ id, account }: JobOfAccount) {
  return (eb: ExpressionBuilder<Schema, "jobs">) => eb.and({ id, account });
}

/** Object.keys forgets which keys a row has. */
function columnsOf<Row extends object>(row: Row): (keyof Row)[] {
  return Object.keys(row) as (keyof Row)[];
}
