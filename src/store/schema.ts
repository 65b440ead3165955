import type { KeyScope } from "../contract/api-key.ts";

/** The tables as the newest migration leaves them. Times are milliseconds since 1970, so that every database holds the same. */
export interface Schema {
  api_keys: ApiKeyTable;
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
