import type { ApiKey } from "../../contract/api-key.ts";
import type { ExtractOrder } from "../../contract/extract-request.ts";
import type { HealthStatus } from "../../contract/health.ts";
import type { PageResult } from "../../contract/page.ts";

/** What this door asks of the house. */
export interface HttpServices {
  /**
   * The key that this secret opens; null for a secret that is unknown or revoked.
   * @throws RequestError UNAVAILABLE when keys can't be looked up.
   */
  readonly authenticate: (secret: string) => Promise<ApiKey | null>;
  /** @throws RequestError, PageError, and whatever `signal` is aborted with. */
  readonly extract: (call: ExtractCall) => Promise<PageResult>;
  readonly health: () => Promise<HealthStatus>;
}

export interface ExtractCall {
  readonly order: ExtractOrder;
  readonly key: ApiKey;
  readonly requestId: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}
