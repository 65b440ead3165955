import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { JOB_COLUMNS, toEndColumns, toFormatMark, toJob } from "./job-rows.ts";
import { isOpen } from "./job-states.ts";
import type { JobOfAccount, JobQuery, JobStore } from "./job-store.ts";
import { prepareStatement, type Slot } from "./prepare-statement.ts";
import { prepareResult, toResult } from "./result-rows.ts";
import type { Schema } from "./schema.ts";
import type { SqlEngine } from "./sql-engine.ts";
import { createRecord, createSubmit } from "./sql-submissions.ts";

export function createSqlJobStore(engine: SqlEngine): JobStore {
  return {
    submit: createSubmit(engine),
    record: createRecord(engine),
    find: createFind(engine),
    findResult: createFindResult(engine),
    listEvents: createListEvents(engine),
    list: (wish) => list(engine, wish),
    cancel: createCancel(engine),
    purge: (who, at) => purge(engine, who, at),
    countOpen: () => countOpen(engine),
  };
}

function createFind({ query, read }: SqlEngine): JobStore["find"] {
  const select = prepareStatement((slot: Slot<JobOfAccount>) =>
    query
      .selectFrom("jobs")
      .select(JOB_COLUMNS)
      .where("id", "=", slot("id"))
      .where("account", "=", slot("account")),
  );
  return async (who) => {
    const [row] = await read(select(who));
    return row === undefined ? null : toJob(row);
  };
}

function createFindResult({ query, read }: SqlEngine): JobStore["findResult"] {
  const select = prepareStatement((slot: Slot<{ id: string }>) =>
    query.selectFrom("results").select(["metadata", "data"]).where("job_id", "=", slot("id")),
  );
  return async (id) => {
    const [row] = await read(select({ id }));
    return row === undefined ? null : toResult(row);
  };
}

function createListEvents({ query, read }: SqlEngine): JobStore["listEvents"] {
  const select = prepareStatement((slot: Slot<{ id: string; afterVersion: number }>) =>
    query
      .selectFrom("job_events")
      .select(["version", "status", "at"])
      .where("job_id", "=", slot("id"))
      .where("version", ">", slot("afterVersion"))
      .orderBy("version"),
  );
  return async (id, afterVersion) => {
    const rows = await read(select({ id, afterVersion }));
    return rows.map(({ version, status, at }) => ({ version, status, at: new Date(at) }));
  };
}

async function countOpen({ query, read }: SqlEngine): Promise<number> {
  const [row] = await read(
    query
      .selectFrom("jobs")
      .select(({ fn }) => fn.countAll<number>().as("open"))
      .where(isOpen),
  );
  return Number(row?.open ?? 0);
}

function createCancel(engine: SqlEngine): JobStore["cancel"] {
  const { query, write } = engine;
  const keepResult = prepareResult(engine);
  return async (who, end) => {
    const cancellation = query
      .updateTable("jobs")
      .set(({ ref }) => ({ ...toEndColumns(end), version: sql<number>`${ref("version")} + 1` }))
      .where(isJobOf(who))
      .where(isOpen)
      .returning(JOB_COLUMNS);
    const result = await keepResult(who.id, end);
    const outcome = await write([{ query: cancellation, required: true }, result] as const);
    const row = outcome.applied ? outcome.results[0].rows[0] : undefined;
    return row === undefined ? null : toJob(row);
  };
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
