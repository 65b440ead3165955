import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { noQuerySchema } from "../../../contract/job-queries.ts";
import type { Logger } from "../../../telemetry/create-logger.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { toEventStream } from "../reply/to-event-stream.ts";
import { abortOnHangUp } from "../request/abort-on-hang-up.ts";
import { keyOf } from "../request/key-of.ts";
import { readJobId } from "../request/read-job-id.ts";
import { readLastEventId } from "../request/read-last-event-id.ts";
import { readQuery } from "../request/read-query.ts";
import { EXAMPLE_EVENTS } from "./job-example.ts";

export const JOB_EVENTS_ROUTE: RouteDescription = {
  method: "GET",
  path: "/v1/extract/:job_id/events",
  access: "key",
  failsAsExtraction: false,
  operation: {
    id: "job-events",
    summary: "The states of a job as they come",
    description:
      "Server-sent events: first the present state, then each change; the stream ends with the final one. `data` is what GET of the job answers, `id` rises with each change. A comment comes every 15 seconds. Who lost the line goes on with `Last-Event-ID`; one that the job never had is ignored.",
    headers: ["Last-Event-ID"],
    replies: [
      {
        status: 200,
        description: "The events.",
        mediaType: "text/event-stream",
        schema: { type: "string" },
        example: EXAMPLE_EVENTS,
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: ["NOT_FOUND"],
  },
};

interface JobEventsDeps {
  readonly services: Pick<HttpServices, "jobs">;
  readonly stopping: AbortSignal;
  readonly logger: Logger;
  readonly commentEveryMs: number;
}

/** GET /v1/extract/{job_id}/events: the states of a job as they come. */
export function createJobEventsRoute(deps: JobEventsDeps): HttpRoute {
  const { services, stopping, logger, commentEveryMs } = deps;
  return {
    ...JOB_EVENTS_ROUTE,
    handle: async (request, reply) => {
      const call = { key: keyOf(request), jobId: readJobId(request) };
      readQuery({ request, reply, schema: noQuerySchema });
      // Who asks for no job of its own is told so in JSON, before a stream begins.
      const { job } = await services.jobs.get(call);
      void reply.headers(STREAM_HEADERS);
      if (request.method === "HEAD") return reply.send();
      const views = services.jobs.watch({
        ...call,
        afterVersion: readLastEventId(request, { newest: job.version }),
        signal: abortOnHangUp(reply.raw, stopping),
      });
      const events = Readable.from(toEventStream(views, { commentEveryMs }), ONE_AT_A_TIME);
      events.once("error", (err) =>
        logger.warn({ requestId: request.id, err }, "events broke off"),
      );
      sendHeadersAtOnce(reply, events);
      return reply.send(events);
    },
  };
}

const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  // nginx would hold events back until its buffer is full.
  "x-accel-buffering": "no",
} as const;

/** An event may hold a whole page. */
const ONE_AT_A_TIME = { highWaterMark: 1 } as const;

/** Node sends them with the first bytes of the body, which may let themselves be waited for. */
function sendHeadersAtOnce({ raw }: FastifyReply, body: Readable): void {
  body.once("resume", () => raw.flushHeaders());
}
