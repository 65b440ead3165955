import type { FastifyReply, FastifyRequest } from "fastify";
import {
  createExtractRequestSchema,
  type ExtractOrder,
  toExtractOrder,
} from "../../../contract/extract-request.ts";
import type { ExtractAccepted, ExtractResponse } from "../../../contract/extract-response.ts";
import type { RequestChecks } from "../../../contract/request-fields.ts";
import { toExtractAccepted } from "../../../contract/to-extract-job.ts";
import { toExtractResponse } from "../../../contract/to-extract-response.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { abortOnHangUp } from "../request/abort-on-hang-up.ts";
import { keyOf } from "../request/key-of.ts";
import { readIdempotencyKey } from "../request/read-idempotency-key.ts";
import { readRequest } from "../request/read-request.ts";
import type { WorkUnderWay } from "../work-under-way.ts";
import { EXAMPLE_ACCEPTED, EXAMPLE_RESPONSE } from "./extract-example.ts";

export const EXTRACT_ROUTE: RouteDescription = {
  method: "POST",
  path: "/v1/extract",
  access: "key",
  failsAsExtraction: true,
  operation: {
    id: "extract",
    summary: "Read one page",
    description:
      "Gets the page, chooses its main content and answers in the formats that were asked for. A page that can't be read is answered with 422 and costs nothing. With `processing_mode` async the answer is a job that is polled; it comes when the job is on disk. Where the server has no browser, `render_js` true and a `wait_config` are answered with 503.",
    headers: ["Idempotency-Key"],
    body: {
      schema: "ExtractRequest",
      example: { url: "https://example.com/", formats: ["markdown"] },
    },
    replies: [
      {
        status: 200,
        description: "The page.",
        mediaType: "application/json",
        schema: "ExtractResponse",
        example: EXAMPLE_RESPONSE,
        headers: ["X-Ignored-Fields"],
      },
      {
        status: 202,
        description: "The job, with `processing_mode` async.",
        mediaType: "application/json",
        schema: "ExtractAccepted",
        example: EXAMPLE_ACCEPTED,
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: [
      ...(["INVALID_JSON", "PAYMENT_REQUIRED", "IDEMPOTENCY_KEY_REUSED"] as const),
      ...(["PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "VALIDATION_ERROR"] as const),
      ...(["WORK_CONCURRENCY_LIMITED", "QUEUE_FULL"] as const),
    ],
    pageErrors: [
      ...(["INVALID_URL", "NETWORK_ERROR", "TIMEOUT", "RATE_LIMITED", "TEMPORARY_BLOCK"] as const),
      ...(["PERMANENT_BLOCK", "CAPTCHA_CHALLENGE", "AUTH_REQUIRED"] as const),
      ...(["UNPROCESSABLE_CONTENT", "INVALID_WAIT_FOR_SELECTOR"] as const),
      ...(["WAIT_FOR_SELECTOR_TIMEOUT", "PROXY_ERROR"] as const),
    ],
  },
};

interface ExtractDeps {
  readonly services: Pick<HttpServices, "extract" | "jobs">;
  readonly checks: RequestChecks;
  readonly maxBodyBytes: number;
  readonly work: WorkUnderWay;
}

/** POST /v1/extract: one page, now or as a job. */
export function createExtractRoute(deps: ExtractDeps): HttpRoute {
  const { services, checks, maxBodyBytes, work } = deps;
  const schema = createExtractRequestSchema(checks);
  return {
    ...EXTRACT_ROUTE,
    handle: async (request, reply) => {
      work.add(reply.raw);
      const order = toExtractOrder(await readRequest({ request, reply, schema, maxBodyBytes }));
      return order.processingMode === "sync"
        ? extractNow(order, request, reply)
        : submit(order, request, reply);
    },
  };

  async function extractNow(
    order: ExtractOrder,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ExtractResponse> {
    const signal = abortOnHangUp(reply.raw);
    const call = { order, key: keyOf(request), requestId: request.id, signal };
    return toExtractResponse(order, await services.extract(call));
  }

  async function submit(
    order: ExtractOrder,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ExtractAccepted> {
    const idempotencyKey = readIdempotencyKey(request);
    const call = { order, key: keyOf(request), requestId: request.id, idempotencyKey };
    const { jobId } = await services.jobs.submit(call);
    void reply.status(202);
    return toExtractAccepted(jobId);
  }
}
