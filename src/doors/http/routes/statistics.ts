import { statisticsQuerySchema, toStatisticsQuery } from "../../../contract/job-queries.ts";
import type { Statistics } from "../../../contract/usage.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { keyOf } from "../request/key-of.ts";
import { readQuery } from "../request/read-query.ts";

export const STATISTICS_ROUTE: RouteDescription = {
  method: "GET",
  path: "/v1/statistics",
  access: "key",
  failsAsExtraction: false,
  operation: {
    id: "statistics",
    summary: "What was extracted and charged, by day",
    description:
      "Of all keys of the account, the last 30 days where nothing else is asked for. A start more than 366 days before the end is moved up, an end in the future is now. Cancelled jobs don't count.",
    query: statisticsQuerySchema,
    replies: [
      {
        status: 200,
        description: "The figures.",
        mediaType: "application/json",
        schema: "Statistics",
        example: exampleStatistics(),
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: ["VALIDATION_ERROR"],
  },
};

/** GET /v1/statistics: what was extracted and charged, by day. */
export function createStatisticsRoute({
  services,
}: {
  readonly services: Pick<HttpServices, "readStatistics">;
}): HttpRoute {
  return {
    ...STATISTICS_ROUTE,
    handle: async (request, reply) => {
      const query = toStatisticsQuery(readQuery({ request, reply, schema: statisticsQuerySchema }));
      return services.readStatistics({ key: keyOf(request), query });
    },
  };
}

function exampleStatistics(): Statistics {
  const date = "2026-01-30T00:00:00.000Z";
  return {
    extraction_count: 40,
    previous_period_extraction_count: 25,
    success_rate: 0.95,
    average_extraction_duration: 612,
    period_tokens_used: 38,
    requests: [{ date, success_request_count: 38, failed_request_count: 2 }],
    tokens_used: [{ date, tokens_used: 38 }],
  };
}
