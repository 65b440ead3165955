import type { ApiKey } from "../../contract/api-key.ts";
import type { HealthStatus } from "../../contract/health.ts";
import type { StatisticsQuery } from "../../contract/job-queries.ts";
import type { ConcurrencyUsage, Statistics } from "../../contract/usage.ts";
import type { ExtractPage } from "../../services/extract.ts";
import type { JobService } from "../../services/jobs.ts";

/** What this door asks of the house. */
export interface HttpServices {
  /**
   * The key that this secret opens; null for a secret that is unknown or revoked.
   * @throws RequestError UNAVAILABLE when keys can't be looked up.
   */
  readonly authenticate: (secret: string) => Promise<ApiKey | null>;
  readonly extract: ExtractPage;
  readonly jobs: JobService;
  readonly readStatistics: (call: StatisticsCall) => Promise<Statistics>;
  readonly readConcurrency: (key: ApiKey) => ConcurrencyUsage;
  readonly health: () => Promise<HealthStatus>;
}

export interface StatisticsCall {
  readonly key: ApiKey;
  readonly query: StatisticsQuery;
}
