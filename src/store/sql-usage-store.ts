import { chargedSince, reservedBy } from "./key-tokens.ts";
import { prepareStatement, type Slot } from "./prepare-statement.ts";
import type { SqlEngine } from "./sql-engine.ts";
import type { UsageStore } from "./usage-store.ts";

export function createSqlUsageStore(engine: SqlEngine): UsageStore {
  const { query, scan } = engine;
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
    readBudget: createReadBudget(engine),
  };
}

function createReadBudget({ query, read }: SqlEngine): UsageStore["readBudget"] {
  const select = prepareStatement((slot: Slot<{ keyId: string; since: number }>) =>
    query.selectNoFrom([
      chargedSince(query, slot("keyId"), slot("since")).as("charged"),
      reservedBy(query, slot("keyId")).as("reserved"),
    ]),
  );
  return async ({ keyId, since }) => {
    const [row] = await read(select({ keyId, since: since.getTime() }));
    return { charged: Number(row?.charged ?? 0), reserved: Number(row?.reserved ?? 0) };
  };
}
