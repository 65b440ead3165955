import type { ApiKey } from "../../contract/api-key.ts";
import type { HealthStatus } from "../../contract/health.ts";
import type { ExtractPage } from "../../services/extract.ts";

/** What this door asks of the house. */
export interface HttpServices {
  /**
   * The key that this secret opens; null for a secret that is unknown or revoked.
   * @throws RequestError UNAVAILABLE when keys can't be looked up.
   */
  readonly authenticate: (secret: string) => Promise<ApiKey | null>;
  readonly extract: ExtractPage;
  readonly health: () => Promise<HealthStatus>;
}
