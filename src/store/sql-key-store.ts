import type { Selectable } from "kysely";
import type { ApiKey } from "../contract/api-key.ts";
import type { KeyStore, StoredKey } from "./key-store.ts";
import type { ApiKeyTable } from "./schema.ts";
import type { SqlEngine } from "./sql-engine.ts";

export function createSqlKeyStore(engine: SqlEngine): KeyStore {
  const { query } = engine;
  return {
    async insert(stored) {
      await engine.write([{ query: query.insertInto("api_keys").values(toRow(stored)) }]);
    },
    async findByPrefix(prefix) {
      const rows = await engine.read(
        query.selectFrom("api_keys").selectAll().where("prefix", "=", prefix),
      );
      return rows.map((row) => ({ key: toKey(row), secretHash: row.secret_hash }));
    },
    async find(id) {
      const [row] = await engine.read(
        query.selectFrom("api_keys").selectAll().where("id", "=", id),
      );
      return row === undefined ? null : toKey(row);
    },
    async list() {
      const rows = await engine.read(
        query
          .selectFrom("api_keys")
          .selectAll()
          .orderBy("created_at", "desc")
          .orderBy("id", "desc"),
      );
      return rows.map(toKey);
    },
    async revoke(id, at) {
      const revocation = query
        .updateTable("api_keys")
        .set({ revoked_at: at.getTime() })
        .where("id", "=", id)
        .where("revoked_at", "is", null);
      const outcome = await engine.write([{ query: revocation, required: true }]);
      return outcome.applied;
    },
  };
}

function toRow({ key, secretHash }: StoredKey): Selectable<ApiKeyTable> {
  return {
    id: key.id,
    prefix: key.prefix,
    secret_hash: secretHash,
    name: key.name,
    account: key.account,
    scope: key.scope,
    monthly_budget: key.monthlyBudget,
    per_minute: key.perMinute,
    concurrency: key.concurrency,
    created_at: key.createdAt.getTime(),
    revoked_at: key.revokedAt?.getTime() ?? null,
  };
}

function toKey(row: Selectable<ApiKeyTable>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    account: row.account,
    scope: row.scope,
    prefix: row.prefix,
    monthlyBudget: row.monthly_budget,
    perMinute: row.per_minute,
    concurrency: row.concurrency,
    createdAt: new Date(row.created_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  };
}
