import { randomUUIDv7 } from "node:crypto";
import type { ApiKey } from "../../src/contract/api-key.ts";
import type { StoredKey } from "../../src/store/key-store.ts";

export function storedKey(facts: Partial<ApiKey>): StoredKey {
  const id = randomUUIDv7();
  const key: ApiKey = {
    id,
    name: "",
    account: "default",
    scope: "all",
    prefix: `qn_${id.slice(-8)}`,
    monthlyBudget: null,
    perMinute: null,
    concurrency: null,
    createdAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)),
    revokedAt: null,
    ...facts,
  };
  return { key, secretHash: id.replaceAll("-", "").repeat(2) };
}
