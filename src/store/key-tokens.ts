import { type Expression, sql } from "kysely";
import { isOpen } from "./job-states.ts";
import type { SqlEngine } from "./sql-engine.ts";

/** Tokens that a key was charged since that day, as a part of a query. */
export function chargedSince(
  query: SqlEngine["query"],
  keyId: Expression<string>,
  day: Expression<number>,
) {
  return query
    .selectFrom("daily_totals")
    .select(({ fn }) => fn.coalesce(fn.sum<number>("tokens"), sql.lit(0)).as("tokens"))
    .where("key_id", "=", keyId)
    .where("day", ">=", day);
}

/** Tokens that its open jobs reserve: one each. */
export function reservedBy(query: SqlEngine["query"], keyId: Expression<string>) {
  return query
    .selectFrom("jobs")
    .select(({ fn }) => fn.countAll<number>().as("tokens"))
    .where("key_id", "=", keyId)
    .where(isOpen);
}
