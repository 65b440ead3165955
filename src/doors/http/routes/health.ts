import type { Health, HealthStatus } from "../../../contract/health.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";

export const HEALTH_ROUTE: RouteDescription = {
  method: "GET",
  path: "/health",
  access: "open",
  failsAsExtraction: false,
  operation: {
    id: "health",
    summary: "Whether Quern can do its work",
    description:
      "For load balancers and monitors. `degraded` is 200: pages are read, but not all that was set up works.",
    replies: [
      {
        status: 200,
        description: "It can.",
        mediaType: "application/json",
        schema: "Health",
        example: exampleOf("ok"),
      },
      {
        status: 503,
        description: "It is stopping, or its database is away.",
        mediaType: "application/json",
        schema: "Health",
        example: exampleOf("unavailable"),
      },
    ],
    errors: [],
  },
};

interface HealthDeps {
  readonly services: Pick<HttpServices, "health">;
  readonly isStopping: () => boolean;
  readonly version: string;
  readonly now: () => Date;
}

/** GET /health: whether Quern can do its work. No Retry-After: clients read the body of its 503. */
export function createHealthRoute({ services, isStopping, version, now }: HealthDeps): HttpRoute {
  return {
    ...HEALTH_ROUTE,
    handle: async (_request, reply): Promise<Health> => {
      const status: HealthStatus = isStopping() ? "unavailable" : await services.health();
      void reply.status(status === "unavailable" ? 503 : 200);
      return { service: "quern", status, timestamp: now().toISOString(), version };
    },
  };
}

function exampleOf(status: HealthStatus): Health {
  return { service: "quern", status, timestamp: "2026-01-30T12:00:00.000Z", version: "0.1.0" };
}
