import type { Selectable } from "kysely";
import type { JobError } from "../contract/error-reply.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";
import { FORMATS } from "../contract/format.ts";
import type { Job, JobEnd } from "../contract/job.ts";
import { parseOwnJson } from "./parse-own-json.ts";
import type { JobTable } from "./schema.ts";

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
export const END_COLUMNS = [
  ...(["status", "request", "worker_id", "changed_at", "completed_at"] as const),
  ...(["duration_ms", "tokens", "error", "result_expires_at"] as const),
] as const satisfies readonly (keyof JobTable)[];

export type EndColumns = Pick<Selectable<JobTable>, (typeof END_COLUMNS)[number]>;

export function toEndColumns(end: JobEnd): EndColumns {
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

function toDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
