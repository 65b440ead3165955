import { noQuerySchema } from "../../../contract/job-queries.ts";
import type { ConcurrencyUsage } from "../../../contract/usage.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { keyOf } from "../request/key-of.ts";
import { readQuery } from "../request/read-query.ts";

export const CONCURRENCY_ROUTE: RouteDescription = {
  method: "GET",
  path: "/v1/usage/concurrency",
  access: "key",
  failsAsExtraction: false,
  operation: {
    id: "concurrency",
    summary: "How many pages of this key are worked on",
    description: "Over the limit an async job waits, and a sync extraction is answered with 429.",
    replies: [
      {
        status: 200,
        description: "Now, and at most.",
        mediaType: "application/json",
        schema: "ConcurrencyUsage",
        example: { work_concurrency_in_use: 3, work_concurrency_limit: 50 },
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: [],
  },
};

/** GET /v1/usage/concurrency: what runs now for a key, and its limit. */
export function createConcurrencyRoute({
  services,
}: {
  readonly services: Pick<HttpServices, "readConcurrency">;
}): HttpRoute {
  return {
    ...CONCURRENCY_ROUTE,
    handle: async (request, reply): Promise<ConcurrencyUsage> => {
      readQuery({ request, reply, schema: noQuerySchema });
      return services.readConcurrency(keyOf(request));
    },
  };
}
