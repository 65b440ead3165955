import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Compilable } from "kysely";
import {
  budgetOf,
  cancelled,
  completed,
  everythingOf,
  jobError,
  newJob,
  recordedJob,
} from "../../test/support/store-compliance/sample-jobs.ts";
import { withSqliteEngine } from "../../test/support/with-sqlite-engine.ts";
import type { SqlEngine } from "./sql-engine.ts";
import { createSqlJobStore } from "./sql-job-store.ts";
import { createSqlRetentionStore } from "./sql-retention-store.ts";
import { createSqlUsageStore } from "./sql-usage-store.ts";
import { createSqlWorkStore } from "./sql-work-store.ts";

const at = new Date(0);
const job = newJob({
  idempotency: { key: "k", bodyHash: "b", since: at },
  budget: budgetOf(10),
});
const who = { id: job.id, account: job.account };

const JOB_BY_ID = "jobs USING INDEX sqlite_autoindex_jobs_1 (id=?)";

/** What runs for every job, or while many wait, and the index that serves it. */
const STATEMENTS: readonly {
  readonly what: string;
  readonly run: (stores: Stores) => Promise<unknown>;
  readonly uses: readonly string[];
}[] = [
  {
    what: "submit",
    run: ({ jobs }) => jobs.submit(job),
    uses: [
      "idempotency_keys USING PRIMARY KEY",
      "daily_totals USING PRIMARY KEY",
      "jobs USING COVERING INDEX jobs_open (key_id=? AND status=?)",
    ],
  },
  { what: "record", run: ({ jobs }) => jobs.record(recordedJob({}, completed())), uses: [] },
  { what: "find", run: ({ jobs }) => jobs.find(who), uses: [JOB_BY_ID] },
  {
    what: "find a result",
    run: ({ jobs }) => jobs.findResult(job.id),
    uses: ["results USING INDEX sqlite_autoindex_results_1 (job_id=?)"],
  },
  {
    what: "list events",
    run: ({ jobs }) => jobs.listEvents(job.id, 0),
    uses: ["job_events USING PRIMARY KEY (job_id=? AND version>?)"],
  },
  {
    what: "a page of jobs and their number",
    run: ({ jobs }) => jobs.list(everythingOf(job.account)),
    uses: [
      "jobs USING INDEX jobs_by_account (account=?)",
      "jobs USING COVERING INDEX jobs_by_account (account=?)",
    ],
  },
  {
    what: "a page of a time and a state",
    run: ({ jobs }) => jobs.list(everythingOf(job.account, { from: at, to: at, status: "queued" })),
    uses: [
      "jobs USING INDEX jobs_by_account (account=? AND created_at>? AND created_at<?)",
      "jobs USING COVERING INDEX jobs_by_account (account=? AND created_at>? AND created_at<?)",
    ],
  },
  {
    what: "count what is open",
    run: ({ jobs }) => jobs.countOpen(),
    uses: ["SCAN jobs USING COVERING INDEX jobs_open"],
  },
  { what: "cancel", run: ({ jobs }) => jobs.cancel(newJob(), cancelled()), uses: [JOB_BY_ID] },
  {
    what: "purge",
    run: ({ jobs }) => jobs.purge(who, at),
    uses: [JOB_BY_ID, "results USING INDEX sqlite_autoindex_results_1 (job_id=?)"],
  },
  {
    what: "waiting keys",
    run: ({ work }) => work.listWaitingKeys({ after: null, limit: 10 }),
    uses: ["jobs USING COVERING INDEX jobs_waiting (key_id>?)"],
  },
  {
    what: "waiting jobs",
    run: ({ work }) => work.listWaiting({ keyId: "k", fullHosts: [], limit: 10 }),
    uses: ["jobs USING COVERING INDEX jobs_waiting (key_id=?)"],
  },
  {
    what: "waiting jobs without full hosts",
    run: ({ work }) => work.listWaiting({ keyId: "k", fullHosts: ["h"], limit: 10 }),
    uses: ["jobs USING COVERING INDEX jobs_waiting (key_id=?)"],
  },
  {
    what: "claim",
    run: ({ work }) => work.claim("w", [job.id]),
    uses: [JOB_BY_ID, "workers USING PRIMARY KEY (id=?)"],
  },
  {
    what: "finish",
    run: ({ work }) => work.finish({ id: job.id, fence: 1 }, completed()),
    uses: [JOB_BY_ID],
  },
  {
    what: "renew",
    run: ({ work }) => work.renew("w", 1),
    uses: ["workers USING PRIMARY KEY (id=?)"],
  },
  {
    what: "leave",
    run: ({ work }) => work.leave("w"),
    uses: ["jobs USING COVERING INDEX jobs_running (worker_id=?)"],
  },
  {
    what: "reclaim",
    run: ({ work }) =>
      work.reclaim({
        maxDeaths: 3,
        limit: 10,
        poison: { error: jobError("INTERNAL_ERROR"), at, resultExpiresAt: at },
      }),
    uses: [
      "SCAN jobs USING INDEX jobs_running",
      "jobs USING COVERING INDEX sqlite_autoindex_jobs_1 (id=?)",
    ],
  },
  {
    what: "the state of a budget",
    run: ({ usage }) => usage.readBudget({ keyId: "k", since: at }),
    uses: [
      "daily_totals USING PRIMARY KEY (key_id=? AND day>?)",
      "jobs USING COVERING INDEX jobs_open (key_id=? AND status=?)",
    ],
  },
  {
    what: "statistics",
    run: ({ usage }) => usage.listDays({ account: "a", from: at, to: at }),
    uses: ["daily_totals USING INDEX daily_totals_by_account (account=? AND day>? AND day<?)"],
  },
  {
    what: "sweep",
    run: ({ retention }) =>
      retention.sweep({
        now: at,
        jobsBefore: at,
        idempotencyBefore: at,
        totalsBefore: at,
        limit: 1,
      }),
    uses: [
      "results USING INDEX results_by_expiry (expires_at<?)",
      "jobs USING INDEX jobs_ended (completed_at<?)",
      "idempotency_keys USING COVERING INDEX idempotency_keys_by_age (created_at<?)",
      "daily_totals USING COVERING INDEX daily_totals_by_age (day<?)",
    ],
  },
];

/** Reads that look at every entry of a small index on purpose, and parts of a statement that are no table. */
const WHOLE = [
  /^SCAN jobs USING (COVERING )?INDEX jobs_(open|running)$/,
  /^SCAN (workers|waiting|CONSTANT ROW|\d+ CONSTANT ROWS?)$/,
];

test("each hot statement is served by its index, and none looks at all jobs", async (context) => {
  await withSqliteEngine(async (engine, file) => {
    const statements: string[] = [];
    const stores = createStores(listening(engine, statements));
    for (const { what, run, uses } of STATEMENTS) {
      await context.test(what, async () => {
        statements.length = 0;
        await run(stores);
        const plan = explain(file, statements);
        for (const part of uses)
          assert.ok(
            plan.some((line) => line.includes(part)),
            `${part}\nin ${plan.join("\n")}`,
          );
        const scans = plan.filter((line) => line.startsWith("SCAN"));
        assert.deepEqual(
          scans.filter((line) => !WHOLE.some((known) => known.test(line))),
          [],
        );
        assert.deepEqual(
          plan.filter((line) => line.includes("USE TEMP B-TREE")),
          [],
        );
      });
    }
  });
});

type Stores = ReturnType<typeof createStores>;

function createStores(engine: SqlEngine) {
  const clocks = { now: () => at, steadyNow: () => 0 };
  return {
    jobs: createSqlJobStore(engine),
    work: createSqlWorkStore(engine, clocks),
    usage: createSqlUsageStore(engine),
    retention: createSqlRetentionStore(engine),
  };
}

/** The same engine; what goes through it is written down. */
function listening(engine: SqlEngine, statements: string[]): SqlEngine {
  const note = (query: Compilable) => statements.push(query.compile().sql);
  return {
    ...engine,
    read: (query) => {
      note(query);
      return engine.read(query);
    },
    scan: (query) => {
      note(query);
      return engine.scan(query);
    },
    write: (unit) => {
      for (const { query } of unit) note(query);
      return engine.write(unit);
    },
  };
}

function explain(file: string, statements: readonly string[]): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return statements.flatMap((sql) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row["detail"])),
    );
  } finally {
    database.close();
  }
}
