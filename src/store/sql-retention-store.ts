import type { RetentionStore } from "./retention-store.ts";
import type { SqlEngine } from "./sql-engine.ts";

export function createSqlRetentionStore({ query, write, compact }: SqlEngine): RetentionStore {
  return {
    async sweep({ now, jobsBefore, idempotencyBefore, totalsBefore, limit }) {
      const results = query
        .selectFrom("results")
        .select("job_id")
        .where("expires_at", "<=", now.getTime())
        .limit(limit);
      const jobs = query
        .selectFrom("jobs")
        .select("id")
        .where("completed_at", "<", jobsBefore.getTime())
        .limit(limit);
      const keys = query
        .selectFrom("idempotency_keys")
        .select(["account", "key"])
        .where("created_at", "<", idempotencyBefore.getTime())
        .limit(limit);
      const totals = query
        .selectFrom("daily_totals")
        .select(["key_id", "day"])
        .where("day", "<", totalsBefore.getTime())
        .limit(limit);
      const outcome = await write([
        { query: query.deleteFrom("results").where("job_id", "in", results) },
        // Their events and what is left of their results go with them.
        { query: query.deleteFrom("jobs").where("id", "in", jobs) },
        {
          query: query
            .deleteFrom("idempotency_keys")
            .where(
              ({ refTuple }) => refTuple("account", "key"),
              "in",
              keys.$asTuple("account", "key"),
            ),
        },
        {
          query: query
            .deleteFrom("daily_totals")
            .where(
              ({ refTuple }) => refTuple("key_id", "day"),
              "in",
              totals.$asTuple("key_id", "day"),
            ),
        },
      ]);
      await compact();
      if (!outcome.applied) return 0;
      return outcome.results.reduce((sum, { changes }) => sum + changes, 0);
    },
  };
}
