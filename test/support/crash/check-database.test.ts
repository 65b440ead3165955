import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { MIGRATIONS } from "../../../src/store/migrations/migrations.ts";
import { withTempFolder } from "../temp-folder.ts";
import { checkDatabase } from "./check-database.ts";

// A completed, a failed and a cancelled job, as a server leaves them.
const SOUND = `
  INSERT INTO jobs (id, account, key_id, mode, status, url, host, formats, request, request_id, created_at, changed_at, version)
  VALUES ('done', 'a', 'k', 'async', 'queued', 'http://a/1', 'a', '[]', '{}', 'r', 1, 1, 1),
         ('bad', 'a', 'k', 'async', 'queued', 'http://a/2', 'a', '[]', '{}', 'r', 1, 1, 1),
         ('gone', 'a', 'k', 'async', 'queued', 'http://a/3', 'a', '[]', '{}', 'r', 1, 1, 1);
  UPDATE jobs SET status = 'processing', worker_id = 'w', version = 2 WHERE id = 'done';
  INSERT INTO results VALUES ('done', '{}', x'00', 9);
  UPDATE jobs SET status = CASE id WHEN 'done' THEN 'completed' WHEN 'bad' THEN 'failed' ELSE 'cancelled' END,
    tokens = id = 'done', worker_id = NULL, request = NULL, completed_at = 5, result_expires_at = 9, version = version + 1;
  INSERT INTO idempotency_keys VALUES ('a', 'again', 'h', 'done', 1);
`;

/** Nothing that the database itself forbids is left to chance. */
const UNGUARDED = `
  PRAGMA ignore_check_constraints = ON;
  PRAGMA foreign_keys = OFF;
  DROP TRIGGER jobs_are_final;
  DROP TRIGGER jobs_changed;
  DROP TRIGGER jobs_counted;
`;

const DAMAGES: readonly { readonly sql: string; readonly found: RegExp }[] = [
  { sql: "UPDATE jobs SET status = 'processing' WHERE id = 'bad'", found: /a job is open: bad/ },
  {
    sql: "DELETE FROM job_events WHERE job_id = 'done' AND version = 2",
    found: /events have gaps, or don't begin with 1: done/,
  },
  {
    sql: "UPDATE job_events SET version = version + 1 WHERE job_id = 'bad' AND version = 2",
    found: /events have gaps, or don't begin with 1: bad/,
  },
  {
    sql: "DELETE FROM job_events WHERE job_id = 'bad' AND version = 2",
    found: /a job's last event is not its state: bad/,
  },
  {
    sql: "INSERT INTO job_events VALUES ('done', 4, 'completed', 6)",
    found: /ended more than once, or changed afterwards: done/,
  },
  { sql: "DELETE FROM results", found: /a completed job has no result: done/ },
  {
    sql: "INSERT INTO results VALUES ('gone', '{}', x'00', 9)",
    found: /a job that did not complete has a result: gone/,
  },
  {
    sql: "UPDATE jobs SET tokens = 2 WHERE id = 'done'",
    found: /not charged 1 for a page.*: done/,
  },
  { sql: "UPDATE daily_totals SET tokens = 2", found: /not the sum of its jobs: k on 0/ },
  { sql: "DELETE FROM daily_totals", found: /not the sum of its jobs: k on 0/ },
  {
    sql: "INSERT INTO daily_totals VALUES ('other', 0, 'a', 1, 0, 1, 0)",
    found: /not the sum of its jobs: other on 0/,
  },
  {
    sql: "UPDATE idempotency_keys SET job_id = 'never'",
    found: /an idempotency key leads to no job: again/,
  },
  {
    sql: "INSERT INTO job_events VALUES ('never', 1, 'queued', 1)",
    found: /a row belongs to nothing: job_events/,
  },
];

test("nothing is found in a sound database", async () => {
  assert.deepEqual(await checkAfter(""), []);
});

test("each way in which a job can be lost, doubled or charged wrongly is found", async () => {
  for (const { sql, found } of DAMAGES) {
    const faults = await checkAfter(UNGUARDED + sql);
    assert.ok(
      faults.some((what) => found.test(what)),
      `${sql}: ${faults.join("; ")}`,
    );
  }
});

function checkAfter(damage: string): Promise<string[]> {
  return withTempFolder(async (folder) => {
    const file = join(folder, "quern.db");
    const database = new DatabaseSync(file);
    // Nobody needs it to outlast a power cut.
    database.exec("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    database.exec(MIGRATIONS.map(({ sqlite }) => sqlite).join("\n") + SOUND);
    database.exec(damage);
    database.close();
    return checkDatabase(file).map(({ what }) => what);
  });
}
