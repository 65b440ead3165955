import { jobCancelQuerySchema } from "../../../contract/job-queries.ts";
import type { JobCancelled } from "../../../contract/job-response.ts";
import { toStatusUrl } from "../../../contract/to-extract-job.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { keyOf } from "../request/key-of.ts";
import { readJobId } from "../request/read-job-id.ts";
import { readQuery } from "../request/read-query.ts";
import { EXAMPLE_CANCELLED } from "./job-example.ts";

export const JOB_CANCEL_ROUTE: RouteDescription = {
  method: "DELETE",
  path: "/v1/extract/:job_id",
  access: "key",
  failsAsExtraction: false,
  operation: {
    id: "cancel-job",
    summary: "Cancel a job, or purge one that has ended",
    description:
      "A job that is cancelled is final at once and costs nothing; what runs for it is aborted. With `purge` the result of a job that has ended is removed at once, and GET answers 404.",
    query: jobCancelQuerySchema,
    replies: [
      {
        status: 202,
        description: "It is cancelled, or purged.",
        mediaType: "application/json",
        schema: "JobCancelled",
        example: EXAMPLE_CANCELLED,
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: ["NOT_FOUND", "NOT_CANCELLABLE", "VALIDATION_ERROR"],
  },
};

/** DELETE /v1/extract/{job_id}: ends an open job, or with `purge` removes what an ended one left. */
export function createJobCancelRoute({
  services: { jobs },
}: {
  readonly services: Pick<HttpServices, "jobs">;
}): HttpRoute {
  return {
    ...JOB_CANCEL_ROUTE,
    handle: async (request, reply): Promise<JobCancelled> => {
      const call = { key: keyOf(request), jobId: readJobId(request) };
      const { purge } = readQuery({ request, reply, schema: jobCancelQuerySchema });
      const status = purge ? await jobs.purge(call) : await jobs.cancel(call);
      void reply.status(202);
      return { job_id: call.jobId, status, status_url: toStatusUrl(call.jobId) };
    },
  };
}
