import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import {
  cancelled,
  completed,
  EXPIRES_AT,
  ended,
  failed,
  newJob,
  recordedJob,
  SECRET,
  submitted,
} from "../../test/support/store-compliance/sample-jobs.ts";
import { storedKey } from "../../test/support/stored-key.ts";
import { withTempFolder } from "../../test/support/temp-folder.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

const UNAVAILABLE = { name: "RequestError", code: "UNAVAILABLE" };

test("a database of the first release is brought up to date with its keys", async () => {
  await withTempFolder(async (dataDir) => {
    const file = join(dataDir, "quern.db");
    const old = new DatabaseSync(file);
    old.exec("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
    migrateSqlite(old, { migrations: MIGRATIONS.slice(0, 1), mayMigrate: true });
    old.exec(`INSERT INTO api_keys VALUES
      ('id', 'qn_old', 'hash', 'Old', 'default', 'all', 5, NULL, 2, 1000, NULL)`);
    old.close();
    await withServer(dataDir, async (store) => {
      const [found] = await store.keys.findByPrefix("qn_old");
      assert.deepEqual([found?.key.name, found?.key.monthlyBudget], ["Old", 5]);
      await ended(store, completed());
      assert.deepEqual(await store.check(), []);
    });
  });
});

test("what callers keep secret is nowhere in the file once their jobs have ended", async () => {
  await withTempFolder(async (dataDir) => {
    const file = join(dataDir, "quern.db");
    await withServer(dataDir, async (store) => {
      const waiting = await submitted(store);
      assert.ok(
        rowsOf(file).some((row) => row.includes(SECRET)),
        "an open job needs it",
      );
      await Promise.all([completed(), failed(), cancelled()].map((end) => ended(store, end)));
      await store.jobs.record(recordedJob({}, completed()));
      await store.jobs.cancel(waiting, cancelled());
      assert.deepEqual(
        rowsOf(file).filter((row) => row.includes(SECRET)),
        [],
      );
    });
    assert.equal((await readFile(file)).includes(SECRET), false, "nor in what is free");
  });
});

test("sweeps give back the space of what they removed", async () => {
  await withTempFolder(async (dataDir) => {
    const file = join(dataDir, "quern.db");
    await withServer(dataDir, async (store) => {
      const html = () => randomBytes(150_000).toString("base64");
      await Promise.all(
        Array.from({ length: 60 }, () =>
          ended(store, completed({ data: { markdown: null, html: html(), links: null } })),
        ),
      );
    });
    const full = (await stat(file)).size;
    assert.ok(full > 8 * 1024 * 1024);
    await withServer(dataDir, async (store) => {
      const order = {
        jobsBefore: new Date(0),
        idempotencyBefore: new Date(0),
        totalsBefore: new Date(0),
      };
      for (let step = 0; step < 10; step += 1) {
        await store.retention.sweep({ now: EXPIRES_AT, ...order, limit: 100 });
      }
      assert.deepEqual(await store.check(), []);
    });
    assert.ok((await stat(file)).size < full / 4);
  });
});

test("a backup holds the jobs, and a server goes on with them", async () => {
  await withTempFolder(async (folder) => {
    const [dataDir, restored, copy] = [join(folder, "a"), join(folder, "b"), join(folder, "copy")];
    const done = completed();
    const jobs = await withServer(dataDir, async (store) => {
      const made = { done: await ended(store, done), open: await submitted(store) };
      await store.backup(copy);
      return made;
    });
    await mkdir(restored);
    await copyFile(copy, join(restored, "quern.db"));
    await withServer(restored, async (store) => {
      assert.deepEqual((await store.jobs.findResult(jobs.done.id))?.data, done.data);
      assert.equal((await store.jobs.listEvents(jobs.done.id, 0)).length, 3);
      await store.work.enlist("w", 10_000);
      const [claim] = await store.work.claim("w", [jobs.open.id]);
      assert.ok(claim);
      assert.equal(await store.work.finish(claim, failed()), true);
      assert.deepEqual(await store.check(), []);
    });
    assert.equal(pragmaOf(copy, "auto_vacuum"), 2);
  });
});

test("while another program keeps the database locked, jobs are neither taken nor lost", async () => {
  await withTempFolder(async (dataDir) => {
    await withServer(dataDir, async (store) => {
      const job = await submitted(store);
      await store.work.enlist("w", 10_000);
      const [claim] = await store.work.claim("w", [job.id]);
      assert.ok(claim);
      const other = new DatabaseSync(join(dataDir, "quern.db"));
      other.exec("BEGIN IMMEDIATE");
      const next = newJob();
      await assert.rejects(store.jobs.submit(next), UNAVAILABLE);
      await assert.rejects(store.work.finish(claim, completed()), UNAVAILABLE);
      await assert.rejects(store.work.renew("w", 10_000), UNAVAILABLE);
      assert.equal((await store.jobs.find(job))?.status, "processing", "reads go on");
      other.exec("ROLLBACK");
      other.close();
      assert.equal(await store.jobs.find(next), null);
      assert.equal(await store.work.finish(claim, completed()), true);
    });
  });
});

test("a final state can't be changed, even by a statement that is wrong", async () => {
  await withTempFolder(async (dataDir) => {
    const file = join(dataDir, "quern.db");
    await withServer(dataDir, async (store) => {
      await ended(store, completed());
    });
    const database = new DatabaseSync(file);
    assert.throws(
      () => database.exec("UPDATE jobs SET status = 'failed', tokens = 0"),
      /a final state never changes/,
    );
    assert.throws(() => database.exec("UPDATE jobs SET tokens = 2, status = 'failed'"));
    database.close();
  });
});

test("where the file is damaged jobs answer UNAVAILABLE, what is whole is still read, and a check tells", async () => {
  await withTempFolder(async (dataDir) => {
    const file = join(dataDir, "quern.db");
    const job = await withServer(dataDir, async (store) => {
      await Promise.all(Array.from({ length: 50 }, () => store.keys.insert(storedKey({}))));
      return submitted(store);
    });
    await overwriteRoot(file, "jobs");
    await withServer(dataDir, async (store) => {
      await assert.rejects(store.jobs.submit(newJob()), UNAVAILABLE);
      await assert.rejects(store.jobs.find(job), UNAVAILABLE);
      assert.equal((await store.keys.list()).length, 50);
      assert.notDeepEqual(await store.check(), []);
    });
  });
});

/** As a disk does that loses a page: the one that a table begins with. */
async function overwriteRoot(file: string, table: string): Promise<void> {
  const database = new DatabaseSync(file);
  const row = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(table);
  database.close();
  const opened = await open(file, "r+");
  await opened.write(
    Buffer.alloc(PAGE_BYTES, 0xff),
    0,
    PAGE_BYTES,
    (Number(row?.["rootpage"]) - 1) * PAGE_BYTES,
  );
  await opened.close();
}

const PAGE_BYTES = 4096;

async function withServer<Result>(
  dataDir: string,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore({ dataDir, role: "server", busyTimeoutMs: 50 });
  try {
    return await work(store);
  } finally {
    await store.stop();
  }
}

/** Every row of every table, as text. */
function rowsOf(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .map((row) => Object.values(row).map(String).join(" ")),
    );
  } finally {
    database.close();
  }
}

function pragmaOf(file: string, name: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(`PRAGMA ${name}`).get()?.[name];
  } finally {
    database.close();
  }
}
