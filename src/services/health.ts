import type { HealthStatus } from "../contract/health.ts";
import type { Store } from "../store/store.ts";
import type { Logger } from "../telemetry/create-logger.ts";

interface HealthDeps {
  readonly store: Pick<Store, "ping">;
  /** The browser's program; null where there is none. */
  readonly findBrowser: () => Promise<string | null>;
  readonly logger: Logger;
}

/** Whether the server can do its work: it can't without its database, and not all of it without a browser. */
export function createHealthService({
  store,
  findBrowser,
  logger,
}: HealthDeps): () => Promise<HealthStatus> {
  return async () => {
    try {
      await store.ping();
      return (await findBrowser()) === null ? "degraded" : "ok";
    } catch (error) {
      logger.error({ err: error }, "the database does not answer");
      return "unavailable";
    }
  };
}
