import {
  extractJobSchema,
  type JobCancelled,
  jobCancelledSchema,
} from "../contract/job-response.ts";
import type { Connection } from "./connection.ts";
import { toJobPath } from "./job-path.ts";
import { QuernError } from "./quern-error.ts";
import { readAs } from "./read-reply.ts";
import { request } from "./request.ts";

interface Cancel {
  readonly jobId: string;
  readonly signal: AbortSignal | undefined;
}

/** Of a job that is cancelled already this is no failure: the answer that said so may have been lost. */
export async function cancelJob(
  connection: Connection,
  { jobId, signal }: Cancel,
): Promise<JobCancelled> {
  const path = toJobPath(jobId);
  try {
    const read = readAs(jobCancelledSchema);
    return await request(connection, { method: "DELETE", path, signal, read });
  } catch (error) {
    if (!(error instanceof QuernError && error.code === "NOT_CANCELLABLE")) throw error;
    const read = readAs(extractJobSchema);
    const { status } = await request(connection, { method: "GET", path, signal, read });
    if (status !== "cancelled") throw error;
    return { job_id: jobId, status, status_url: `/${path}` };
  }
}

/** Removes what a job that has ended left behind. */
export function purgeJob(connection: Connection, { jobId, signal }: Cancel): Promise<JobCancelled> {
  return request(connection, {
    method: "DELETE",
    path: toJobPath(jobId),
    query: { purge: "true" },
    signal,
    read: readAs(jobCancelledSchema),
  });
}
