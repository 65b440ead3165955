import type { Metrics } from "../../../telemetry/create-metrics.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";

export const METRICS_ROUTE: RouteDescription = {
  method: "GET",
  path: "/metrics",
  access: "local",
  failsAsExtraction: false,
  operation: {
    id: "metrics",
    summary: "Figures for Prometheus",
    description:
      "Without a key only where the connection's other end is a loopback address (127.0.0.0/8 or ::1), the Host header names one, and no forwarding or Origin header came. A scraper in another container or behind a proxy sends a key.",
    replies: [
      {
        status: 200,
        description: "Prometheus text.",
        mediaType: "text/plain",
        schema: { type: "string" },
        example: 'quern_pages_total{outcome="completed"} 1027',
      },
    ],
    errors: [],
  },
};

/** GET /metrics: Prometheus text. */
export function createMetricsRoute({ metrics }: { readonly metrics: Metrics }): HttpRoute {
  return {
    ...METRICS_ROUTE,
    handle: async (_request, reply) => {
      void reply.type(metrics.contentType);
      return metrics.print();
    },
  };
}
