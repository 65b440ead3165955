import type { Health, HealthStatus } from "../../../contract/health.ts";
import type { HttpRoute } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";

interface HealthDeps {
  readonly services: Pick<HttpServices, "health">;
  readonly isStopping: () => boolean;
  readonly version: string;
  readonly now: () => Date;
}

/** GET /health: whether Quern can do its work. No Retry-After: clients read the body of its 503. */
export function createHealthRoute({ services, isStopping, version, now }: HealthDeps): HttpRoute {
  return {
    method: "GET",
    path: "/health",
    access: "open",
    handle: async (_request, reply): Promise<Health> => {
      const status: HealthStatus = isStopping() ? "unavailable" : await services.health();
      void reply.status(status === "unavailable" ? 503 : 200);
      return { service: "quern", status, timestamp: now().toISOString(), version };
    },
  };
}
