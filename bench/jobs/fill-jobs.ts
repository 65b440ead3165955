import { randomUUIDv7 } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

export interface FillOrder {
  readonly dataDir: string;
  /** Of the job that is copied: a server wrote it, so the copies are what a server would have written. */
  readonly status: "queued" | "completed";
  readonly count: number;
}

/** Copies a job so often, each a second older than the last, while no server runs on the folder. */
export function fillJobs({ dataDir, status, count }: FillOrder): void {
  const database = new DatabaseSync(join(dataDir, "quern.db"));
  try {
    database.exec("PRAGMA synchronous = OFF");
    database.function("new_id", () => randomUUIDv7());
    const columns = columnRows.parse(database.prepare("PRAGMA table_info(jobs)").all());
    const names = columns.map(({ name }) => name);
    const values = names.map((name) => CHANGED[name] ?? `template.${name}`);
    database.exec("BEGIN");
    database
      .prepare(
        `WITH RECURSIVE
           copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < ?),
           template AS MATERIALIZED (SELECT * FROM jobs WHERE status = ? ORDER BY version LIMIT 1)
         INSERT INTO jobs (${names.join(", ")}) SELECT ${values.join(", ")} FROM template, copy`,
      )
      .run(count, status);
    database.exec("COMMIT");
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

const CHANGED: Readonly<Record<string, string>> = {
  id: "new_id()",
  created_at: "template.created_at - n * 1000",
  url: "template.url || '?n=' || n",
};

const columnRows = z.array(z.looseObject({ name: z.string() }));
