import type { Selectable } from "kysely";
import type { JobError } from "../contract/error-reply.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import { FORMATS } from "../contract/format.ts";
import type { Job, JobEnd, JobResult } from "../contract/job.ts";
import { packJson, unpackJson } from "./pack-json.ts";
import type { JobTable, ResultTable } from "./schema.ts";

/** What {@link toJob} needs of a row. */
export const JOB_COLUMNS = [
  ...(["id", "account", "key_id", "mode", "status", "url", "formats", "created_at"] as const),
  ...(["completed_at", "duration_ms", "tokens", "error", "version"] as const),
  ...(["result_expires_at", "request_id"] as const),
] as const satisfies readonly (keyof JobTable)[];

export type JobRow = Pick<Selectable<JobTable>, (typeof JOB_COLUMNS)[number]>;

export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    account: row.account,
    keyId: row.key_id,
    mode: row.mode,
    status: row.status,
    url: row.url,
    formats: FORMATS.filter((format) => row.formats.includes(toFormatMark(format))),
    createdAt: new Date(row.created_at),
    completedAt: toDate(row.completed_at),
    durationMs: row.duration_ms,
    tokensCharged: row.tokens,
    error: toError(row),
    version: row.version,
    resultExpiresAt: toDate(row.result_expires_at),
  };
}

/** An error is found in the log by the request that asked for the job. */
function toError({ error, request_id }: JobRow): JobError | null {
  if (error === null) return null;
  return { ...parseOwnJson<JobError>(error), correlation_id: request_id };
}

export function toFormatMark(format: string): string {
  return `,${format},`;
}

export function toFormatsColumn({ page }: ExtractOrder): string {
  return page.formats.map(toFormatMark).join("");
}

/** The columns that a job's end sets; the request goes, since it holds what callers keep secret. */
export function toEndColumns(end: JobEnd) {
  return {
    status: end.status,
    request: null,
    worker_id: null,
    changed_at: end.completedAt.getTime(),
    completed_at: end.completedAt.getTime(),
    duration_ms: end.durationMs,
    tokens: end.tokensCharged,
    error: end.error === null ? null : JSON.stringify(end.error),
    result_expires_at: end.resultExpiresAt.getTime(),
  };
}

export async function toResultRow(jobId: string, end: JobEnd): Promise<Selectable<ResultTable>> {
  return {
    job_id: jobId,
    metadata: end.metadata === null ? null : JSON.stringify(end.metadata),
    data: end.data === null ? null : await packJson(end.data),
    expires_at: end.resultExpiresAt.getTime(),
  };
}

export async function toResult(row: Pick<ResultTable, "metadata" | "data">): Promise<JobResult> {
  return {
    metadata: row.metadata === null ? null : parseOwnJson(row.metadata),
    // As for parseOwnJson.
    data: row.data === null ? null : ((await unpackJson(row.data)) as JobResult["data"]),
  };
}

/** What this room wrote itself, from a value of that type. */
export function parseOwnJson<Value>(json: string): Value {
  return JSON.parse(json) as Value;
}

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
