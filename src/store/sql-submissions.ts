import { type Selectable, sql } from "kysely";
import { END_COLUMNS, toEndColumns, toFormatsColumn } from "./job-rows.ts";
import type { BudgetGuard, Idempotency, JobStore, NewJob, Submission } from "./job-store.ts";
import { chargedSince, reservedBy } from "./key-tokens.ts";
import { prepareStatement, type Slot, slotsOf } from "./prepare-statement.ts";
import { prepareResult } from "./result-rows.ts";
import type { IdempotencyKeyTable, JobTable } from "./schema.ts";
import type { SqlEngine, Step } from "./sql-engine.ts";

export function createSubmit(engine: SqlEngine): JobStore["submit"] {
  const remember = prepareRemembering(engine);
  const findEarlier = createFindEarlier(engine);
  const insertQueued = prepareInsertion(engine);
  return async (job) => {
    const memory = job.idempotency === null ? [] : remember(job, job.idempotency);
    const outcome = await engine.write([...memory, { query: insertQueued(job), required: true }]);
    if (outcome.applied) return { outcome: "accepted" };
    const earlier = job.idempotency && (await findEarlier(job, job.idempotency));
    return earlier ?? { outcome: "over_budget" };
  };
}

/** A synchronous extraction, as it ended. */
export function createRecord(engine: SqlEngine): JobStore["record"] {
  const { query, write } = engine;
  const insertJob = prepareStatement((slot: Slot<RecordedRow>) =>
    query.insertInto("jobs").values(slotsOf(slot, RECORDED_COLUMNS)),
  );
  const keepResult = prepareResult(engine);
  return async (job) => {
    const row = { ...toNewRow(job), ...toEndColumns(job.end), host: "" };
    await write([{ query: insertJob(row) }, await keepResult(job.id, job.end)]);
  };
}

/** Keeps the idempotency key, unless it is kept already: then the unit is off. */
function prepareRemembering({ query }: SqlEngine) {
  const forgetOld = prepareStatement((slot: Slot<KeyQuery>) =>
    query
      .deleteFrom("idempotency_keys")
      .where("account", "=", slot("account"))
      .where("key", "=", slot("key"))
      .where("created_at", "<=", slot("since")),
  );
  const insertNew = prepareStatement((slot: Slot<Selectable<IdempotencyKeyTable>>) =>
    query
      .insertInto("idempotency_keys")
      .values(slotsOf(slot, IDEMPOTENCY_COLUMNS))
      .onConflict((conflict) => conflict.doNothing()),
  );
  return ({ id, account, createdAt }: NewJob, { key, bodyHash, since }: Idempotency) => {
    const row = { account, key, body_hash: bodyHash, job_id: id, created_at: createdAt.getTime() };
    return [
      { query: forgetOld({ account, key, since: since.getTime() }) },
      { query: insertNew(row), required: true },
    ] satisfies Step<unknown>[];
  };
}

function createFindEarlier({ query, read }: SqlEngine) {
  const select = prepareStatement((slot: Slot<KeyQuery>) =>
    query
      .selectFrom("idempotency_keys")
      .select(["job_id", "body_hash"])
      .where("account", "=", slot("account"))
      .where("key", "=", slot("key"))
      .where("created_at", ">", slot("since")),
  );
  return async (
    { account }: NewJob,
    { key, bodyHash, since }: Idempotency,
  ): Promise<Submission | null> => {
    const [row] = await read(select({ account, key, since: since.getTime() }));
    if (row === undefined) return null;
    return { outcome: "repeated", jobId: row.job_id, hasSameBody: row.body_hash === bodyHash };
  };
}

/** Inserts nothing where the budget leaves no token for it. */
function prepareInsertion({ query }: SqlEngine) {
  const insert = prepareStatement((slot: Slot<QueuedRow>) =>
    query.insertInto("jobs").values(slotsOf(slot, QUEUED_COLUMNS)),
  );
  const insertWithin = prepareStatement((slot: Slot<QueuedRow & Budget>) => {
    const charged = chargedSince(query, slot("key_id"), slot("monthStart"));
    const reserved = reservedBy(query, slot("key_id"));
    const row = query
      .selectNoFrom(QUEUED_COLUMNS.map((column) => sql`${slot(column)}`.as(column)))
      .where(sql<boolean>`${charged} + ${reserved} < ${slot("spendable")}`);
    return query.insertInto("jobs").columns(QUEUED_COLUMNS).expression(row);
  });
  return (job: NewJob) => {
    const row = toQueuedRow(job);
    return job.budget === null ? insert(row) : insertWithin({ ...row, ...toBudget(job.budget) });
  };
}

interface KeyQuery {
  readonly account: string;
  readonly key: string;
  readonly since: number;
}

interface Budget {
  readonly monthStart: number;
  readonly spendable: number;
}

const NEW_COLUMNS = [
  ...(["id", "account", "key_id", "mode", "url", "host", "formats"] as const),
  ...(["request_id", "created_at", "version"] as const),
] as const;
const QUEUED_COLUMNS = [...NEW_COLUMNS, "status", "request", "changed_at"] as const;
const RECORDED_COLUMNS = [...NEW_COLUMNS, ...END_COLUMNS] as const;
const IDEMPOTENCY_COLUMNS = ["account", "key", "body_hash", "job_id", "created_at"] as const;

type QueuedRow = Pick<Selectable<JobTable>, (typeof QUEUED_COLUMNS)[number]>;
type RecordedRow = Pick<Selectable<JobTable>, (typeof RECORDED_COLUMNS)[number]>;

function toQueuedRow(job: NewJob): QueuedRow {
  return {
    ...toNewRow(job),
    status: "queued",
    request: JSON.stringify(job.order),
    host: job.host,
    changed_at: job.createdAt.getTime(),
  };
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

function toBudget({ limit, monthStart, heldElsewhere }: BudgetGuard): Budget {
  return { monthStart: monthStart.getTime(), spendable: limit - heldElsewhere };
}
