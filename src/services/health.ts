import type { HealthStatus } from "../contract/health.ts";
import type { Store } from "../store/store.ts";
import type { Logger } from "../telemetry/create-logger.ts";

interface HealthDeps {
  readonly store: Pick<Store, "ping">;
  readonly logger: Logger;
}

/** Whether the server can do its work: it can't without its database. */
export function createHealthService({ store, logger }: HealthDeps): () => Promise<HealthStatus> {
  return async () => {
    try {
      await store.ping();
      return "ok";
    } catch (error) {
      logger.error({ err: error }, "the database does not answer");
      return "unavailable";
    }
  };
}
