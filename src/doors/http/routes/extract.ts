import {
  createExtractRequestSchema,
  type ExtractRequestChecks,
  toExtractOrder,
} from "../../../contract/extract-request.ts";
import type { ExtractResponse } from "../../../contract/extract-response.ts";
import { toExtractResponse } from "../../../contract/to-extract-response.ts";
import { abortOnHangUp } from "../abort-on-hang-up.ts";
import type { HttpRoute } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { keyOf } from "../key-of.ts";
import { readRequest } from "../read-request.ts";
import type { WorkUnderWay } from "../work-under-way.ts";

interface ExtractDeps {
  readonly services: Pick<HttpServices, "extract">;
  readonly checks: ExtractRequestChecks;
  readonly maxBodyBytes: number;
  readonly work: WorkUnderWay;
}

/** POST /v1/extract: one page, now. */
export function createExtractRoute(deps: ExtractDeps): HttpRoute {
  const { services, checks, maxBodyBytes, work } = deps;
  const schema = createExtractRequestSchema(checks);
  return {
    method: "POST",
    path: "/v1/extract",
    access: "key",
    failsAsExtraction: true,
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
