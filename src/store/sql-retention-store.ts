import type { RetentionStore } from "./retention-store.ts";
import type { SqlEngine } from "./sql-engine.ts";

export function createSqlRetentionStore({ query, write }: SqlEngine): RetentionStore {
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
      const outcome = await write([
        { query: query.deleteFrom("results").where("job_id", "in", results) },
        // Their events and what is left of their results go with them.
        { query: query.deleteFrom("jobs").where("id", "in", jobs) },
        {
          query: query
            .deleteFrom("idempotency_keys")
            .where("created_at", "<", idempotencyBefore.getTime()),
        },
        { query: query.deleteFrom("daily_totals").where("day", "<", totalsBefore.getTime()) },
      ]);
      if (!outcome.applied) return 0;
      return outcome.results.reduce((sum, { changes }) => sum + changes, 0);
    },
  };
}
