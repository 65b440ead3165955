import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Fault } from "./fault.ts";

interface DatabaseRule {
  readonly kind: Fault["kind"];
  readonly what: string;
  /** Selects what breaks the rule, as `found`. */
  readonly sql: string;
}

const FINAL = "('completed', 'failed', 'cancelled')";

const RULES: readonly DatabaseRule[] = [
  {
    kind: "lost",
    what: "a job is open",
    sql: `SELECT id AS found FROM jobs WHERE status NOT IN ${FINAL}`,
  },
  {
    kind: "lost",
    what: "a job's events have gaps, or don't begin with 1",
    sql: "SELECT job_id AS found FROM job_events GROUP BY job_id HAVING min(version) <> 1 OR max(version) <> count(*)",
  },
  {
    kind: "lost",
    what: "a job's last event is not its state",
    sql: `SELECT id AS found FROM jobs LEFT JOIN job_events ON job_id = id AND job_events.version = jobs.version
          WHERE job_events.status IS NOT jobs.status`,
  },
  {
    kind: "doubled",
    what: "a job has ended more than once, or changed afterwards",
    sql: `SELECT job_id AS found FROM job_events JOIN jobs ON id = job_id
          WHERE job_events.status IN ${FINAL} AND job_events.version <> jobs.version`,
  },
  {
    kind: "lost",
    what: "a completed job has no result",
    sql: `SELECT id AS found FROM jobs LEFT JOIN results ON job_id = id
          WHERE jobs.status = 'completed' AND mode = 'async' AND data IS NULL`,
  },
  {
    kind: "wrong",
    what: "a job that did not complete has a result",
    sql: `SELECT id AS found FROM jobs JOIN results ON job_id = id
          WHERE jobs.status <> 'completed' AND data IS NOT NULL`,
  },
  {
    kind: "wrong",
    what: "a job is not charged 1 for a page and 0 for none",
    sql: "SELECT id AS found FROM jobs WHERE tokens IS NOT (status = 'completed')",
  },
  {
    kind: "wrong",
    what: "a key's daily totals are not the sum of its jobs",
    sql: `WITH counted AS (
            SELECT key_id, completed_at - completed_at % 86400000 AS day, sum(status = 'completed') AS completed,
                   sum(status = 'failed') AS failed, sum(tokens) AS tokens
            FROM jobs WHERE status IN ('completed', 'failed') GROUP BY 1, 2)
          SELECT coalesce(counted.key_id, total.key_id) || ' on ' || coalesce(counted.day, total.day) AS found
          FROM counted FULL JOIN daily_totals AS total ON total.key_id = counted.key_id AND total.day = counted.day
          WHERE (counted.completed, counted.failed, counted.tokens) IS NOT (total.completed, total.failed, total.tokens)`,
  },
  {
    kind: "lost",
    what: "an idempotency key leads to no job",
    sql: "SELECT key AS found FROM idempotency_keys LEFT JOIN jobs ON id = job_id WHERE id IS NULL",
  },
  {
    kind: "wrong",
    what: "the file is damaged",
    sql: "SELECT integrity_check AS found FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
  },
  {
    kind: "wrong",
    what: "a row belongs to nothing",
    sql: 'SELECT "table" AS found FROM pragma_foreign_key_check',
  },
];

/** What is wrong in a database whose jobs are all final and not yet expired. */
export function checkDatabase(file: string): Fault[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return RULES.flatMap(({ kind, what, sql }) =>
      foundRows
        .parse(database.prepare(sql).all())
        .map(({ found }) => ({ kind, what: `${what}: ${found}` })),
    );
  } finally {
    database.close();
  }
}

const foundRows = z.array(z.object({ found: z.string() }));
