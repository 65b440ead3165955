import { createExtractRequestSchema, toExtractOrder } from "../../../contract/extract-request.ts";
import type { ExtractResponse } from "../../../contract/extract-response.ts";
import type { RequestChecks } from "../../../contract/request-fields.ts";
import { toExtractResponse } from "../../../contract/to-extract-response.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { abortOnHangUp } from "../request/abort-on-hang-up.ts";
import { keyOf } from "../request/key-of.ts";
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
      'Gets the page, chooses its main content and answers in the formats that were asked for. A page that can\'t be read is answered with 422 and costs nothing. This version neither renders pages nor runs jobs: `render_js` true or `"auto"`, a `wait_config` and `processing_mode` async are answered with 503.',
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
        description: "The job, with `processing_mode` async, in versions that run jobs.",
        mediaType: "application/json",
        schema: "ExtractAccepted",
        example: EXAMPLE_ACCEPTED,
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: [
      ...([
        "INVALID_JSON",
        "PAYMENT_REQUIRED",
        "PAYLOAD_TOO_LARGE",
        "UNSUPPORTED_MEDIA_TYPE",
      ] as const),
      ...(["VALIDATION_ERROR", "RATE_LIMITED", "WORK_CONCURRENCY_LIMITED"] as const),
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
  readonly services: Pick<HttpServices, "extract">;
  readonly checks: RequestChecks;
  readonly maxBodyBytes: number;
  readonly work: WorkUnderWay;
}

/** POST /v1/extract: one page, now. */
export function createExtractRoute(deps: ExtractDeps): HttpRoute {
  const { services, checks, maxBodyBytes, work } = deps;
  const schema = createExtractRequestSchema(checks);
  return {
    ...EXTRACT_ROUTE,
    handle: async (request, reply): Promise<ExtractResponse> => {
      work.add(reply.raw);
      const order = toExtractOrder(await readRequest({ request, reply, schema, maxBodyBytes }));
      const signal = abortOnHangUp(reply.raw);
      const key = keyOf(request);
      const result = await services.extract({ order, key, requestId: request.id, signal });
      return toExtractResponse(order, result);
    },
  };
}
