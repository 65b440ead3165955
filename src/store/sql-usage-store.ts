import { chargedSince, reservedBy } from "./key-tokens.ts";
import type { SqlEngine } from "./sql-engine.ts";
import type { UsageStore } from "./usage-store.ts";

export function createSqlUsageStore({ query, read, scan }: SqlEngine): UsageStore {
  return {
    async listDays({ account, from, to }) {
      const rows = await scan(
        query
          .selectFrom("daily_totals")
          .select(({ fn }) => [
            "day",
            fn.sum<number>("completed").as("completed"),
            fn.sum<number>("failed").as("failed"),
            fn.sum<number>("tokens").as("tokens"),
            fn.sum<number>("duration_ms").as("duration_ms"),
          ])
          .where("account", "=", account)
          .where("day", ">=", from.getTime())
          .where("day", "<=", to.getTime())
          .groupBy("day")
          .orderBy("day"),
      );
      return rows.map((row) => ({
        day: new Date(row.day),
        completed: Number(row.completed),
        failed: Number(row.failed),
        tokens: Number(row.tokens),
        durationMs: Number(row.duration_ms),
      }));
    },
    async readBudget({ keyId, since }) {
      const [row] = await read(
        query.selectNoFrom([
          chargedSince(query, keyId, since).as("charged"),
          reservedBy(query, keyId).as("reserved"),
        ]),
      );
      return { charged: Number(row?.charged ?? 0), reserved: Number(row?.reserved ?? 0) };
    },
  };
}
