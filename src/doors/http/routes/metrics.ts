import type { Metrics } from "../../../telemetry/create-metrics.ts";
import type { HttpRoute } from "../http-route.ts";

/** GET /metrics: Prometheus text. */
export function createMetricsRoute({ metrics }: { readonly metrics: Metrics }): HttpRoute {
  return {
    method: "GET",
    path: "/metrics",
    access: "local",
    handle: async (_request, reply) => {
      void reply.type(metrics.contentType);
      return metrics.print();
    },
  };
}
