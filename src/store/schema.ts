import type { Generated } from "kysely";
import type { KeyScope } from "../contract/api-key.ts";
import type { JobStatus } from "../contract/job-status.ts";

/** The tables as the newest migration leaves them. Times are milliseconds since 1970, so that every database holds the same. */
export interface Schema {
  api_keys: ApiKeyTable;
  jobs: JobTable;
  results: ResultTable;
  job_events: JobEventTable;
  daily_totals: DailyTotalsTable;
  workers: WorkerTable;
  idempotency_keys: IdempotencyKeyTable;
}

export interface ApiKeyTable {
  id: string;
  prefix: string;
  secret_hash: string;
  name: string;
  account: string;
  scope: KeyScope;
  monthly_budget: number | null;
  per_minute: number | null;
  concurrency: number | null;
  created_at: number;
  revoked_at: number | null;
}

export interface JobTable {
  id: string;
  account: string;
  key_id: string;
  mode: "sync" | "async";
  status: JobStatus;
  url: string;
  host: string;
  /** Between commas, one before and one after, so that a part is found as a whole. */
  formats: string;
  /** JSON of the order; null once the job has ended, for it holds what callers keep secret. */
  request: string | null;
  request_id: string;
  created_at: number;
  /** Of the last change of state. */
  changed_at: number;
  version: number;
  worker_id: string | null;
  /** Counts the claims. */
  fence: Generated<number>;
  /** How many workers ended while they held it. */
  deaths: Generated<number>;
  completed_at: number | null;
  duration_ms: number | null;
  tokens: number | null;
  /** JSON. */
  error: string | null;
  result_expires_at: number | null;
}

export interface ResultTable {
  job_id: string;
  /** JSON. */
  metadata: string | null;
  /** Compressed JSON. */
  data: Uint8Array | null;
  expires_at: number;
}

/** Written by triggers alone. */
export interface JobEventTable {
  job_id: string;
  version: number;
  status: JobStatus;
  at: number;
}

/** Written by triggers alone. */
export interface DailyTotalsTable {
  key_id: string;
  /** Midnight UTC. */
  day: number;
  account: string;
  completed: number;
  failed: number;
  tokens: number;
  duration_ms: number;
}

export interface WorkerTable {
  id: string;
  lease_until: number;
}

export interface IdempotencyKeyTable {
  account: string;
  key: string;
  body_hash: string;
  job_id: string;
  created_at: number;
}
