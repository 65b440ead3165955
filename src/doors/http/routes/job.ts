import type { FastifyReply, FastifyRequest } from "fastify";
import type { Job } from "../../../contract/job.ts";
import { jobQuerySchema } from "../../../contract/job-queries.ts";
import { toExtractJob } from "../../../contract/to-extract-job.ts";
import type { JobView } from "../../../services/jobs.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { toEtag } from "../reply/to-etag.ts";
import { abortOnHangUp } from "../request/abort-on-hang-up.ts";
import { hasEtag } from "../request/has-etag.ts";
import { keyOf } from "../request/key-of.ts";
import { readJobId } from "../request/read-job-id.ts";
import { readQuery } from "../request/read-query.ts";
import { EXAMPLE_JOB } from "./job-example.ts";

export const JOB_ROUTE: RouteDescription = {
  method: "GET",
  path: "/v1/extract/:job_id",
  access: "key",
  failsAsExtraction: false,
  operation: {
    id: "job",
    summary: "The state of a job, and its page",
    description:
      "`status` goes from `queued` over `processing` to `completed`, `failed` or `cancelled`, which is final. With `wait` the answer comes as soon as the job is final, or after that time with its present state. Of an extraction that was answered at once there are status and metadata, and no `data`. After the time that `X-Result-Expires` names, the answer is 404 that says so.",
    query: jobQuerySchema,
    headers: ["If-None-Match"],
    replies: [
      {
        status: 200,
        description: "The job.",
        mediaType: "application/json",
        schema: "ExtractJob",
        example: EXAMPLE_JOB,
        headers: ["ETag", "Retry-After", "X-Result-Expires", "X-Ignored-Fields"],
      },
      {
        status: 304,
        description: "The state is the one that `If-None-Match` names.",
        headers: ["ETag", "Retry-After", "X-Result-Expires"],
      },
    ],
    errors: ["NOT_FOUND", "VALIDATION_ERROR"],
  },
};

interface JobDeps {
  readonly services: Pick<HttpServices, "jobs">;
  readonly stopping: AbortSignal;
}

/** GET /v1/extract/{job_id}: the state now, or as soon as there is no other to come. */
export function createJobRoute({ services, stopping }: JobDeps): HttpRoute {
  return {
    ...JOB_ROUTE,
    handle: async (request, reply) => {
      const { job, result } = await readView(request, reply);
      addJobHeaders(reply, job);
      if (hasEtag(request.headers["if-none-match"], toEtag(job))) return reply.status(304).send();
      return toExtractJob(job, result);
    },
  };

  async function readView(request: FastifyRequest, reply: FastifyReply): Promise<JobView> {
    const call = { key: keyOf(request), jobId: readJobId(request) };
    const { wait } = readQuery({ request, reply, schema: jobQuerySchema });
    if (wait === 0) return services.jobs.get(call);
    const signal = abortOnHangUp(reply.raw, stopping);
    return services.jobs.wait({ ...call, waitMs: wait * 1000, signal });
  }
}

/** Small: clients sleep it in full. */
const POLL_AFTER_SECONDS = 1;

function addJobHeaders(reply: FastifyReply, job: Job): void {
  void reply.header("etag", toEtag(job));
  if (job.resultExpiresAt === null) void reply.header("retry-after", POLL_AFTER_SECONDS);
  else void reply.header("x-result-expires", job.resultExpiresAt.toISOString());
}
