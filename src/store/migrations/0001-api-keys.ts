import type { Migration } from "./migration.ts";

export const apiKeys: Migration = {
  version: 1,
  name: "api-keys",
  sqlite: `
    CREATE TABLE api_keys (
      id             TEXT    NOT NULL PRIMARY KEY,
      prefix         TEXT    NOT NULL,
      secret_hash    TEXT    NOT NULL UNIQUE,
      name           TEXT    NOT NULL,
      account        TEXT    NOT NULL,
      scope          TEXT    NOT NULL CHECK (scope IN ('read', 'write', 'all')),
      monthly_budget INTEGER CHECK (monthly_budget >= 0),
      per_minute     INTEGER CHECK (per_minute > 0),
      concurrency    INTEGER CHECK (concurrency > 0),
      created_at     INTEGER NOT NULL,
      revoked_at     INTEGER
    ) STRICT;
    CREATE INDEX api_keys_by_prefix ON api_keys (prefix);
  `,
};
