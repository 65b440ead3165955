import type { FastifyRequest } from "fastify";
import { jobNotFound } from "../../../contract/job-not-found.ts";
import { parseUuid } from "../../../contract/parse-uuid.ts";

/**
 * The job that a path is about.
 * @throws RequestError NOT_FOUND where its id is none
 */
export function readJobId({ params }: FastifyRequest): string {
  const text: unknown =
    typeof params === "object" && params !== null ? Reflect.get(params, "job_id") : null;
  const jobId = typeof text === "string" ? parseUuid(text) : null;
  if (jobId === null) throw jobNotFound();
  return jobId;
}
