import type { FastifyRequest } from "fastify";
import { jobNotFound } from "../../../contract/job-not-found.ts";
import { parseUuid } from "../../../contract/parse-uuid.ts";

/**
 * The job that a path is about.
 * @throws RequestError NOT_FOUND where its id is none
 */
export function readJobId({ params }: FastifyRequest): string {
  const text: unknown = Reflect.get(Object(params), "job_id");
  const jobId = parseUuid(String(text));
  if (jobId === null) throw jobNotFound(String(text));
  return jobId;
}
