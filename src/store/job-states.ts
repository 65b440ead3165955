import { type ExpressionBuilder, sql } from "kysely";
import type { Schema } from "./schema.ts";

// The states are written out instead of being parameters: only so do the partial indexes of jobs serve them.

export function isQueued(eb: ExpressionBuilder<Schema, "jobs">) {
  return eb("jobs.status", "=", sql.lit("queued"));
}

export function isProcessing(eb: ExpressionBuilder<Schema, "jobs">) {
  return eb("jobs.status", "=", sql.lit("processing"));
}

export function isOpen(eb: ExpressionBuilder<Schema, "jobs">) {
  return eb("jobs.status", "in", sql<"queued" | "processing">`('queued', 'processing')`);
}
