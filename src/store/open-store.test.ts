import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { describeStore, storedKey } from "../../test/support/store-compliance.ts";
import { withTempFolder } from "../../test/support/temp-folder.ts";
import { openStore } from "./open-store.ts";

describeStore("SQLite", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "quern-store-"));
  const store = await openStore({ dataDir, role: "server" });
  return {
    store,
    openBeside: () => openStore({ dataDir, role: "command" }),
    stop: async () => {
      await store.stop();
      await rm(dataDir, { recursive: true });
    },
  };
});

test("the folder and everything in it is for its owner alone", async () => {
  await withTempFolder(async (parent) => {
    const dataDir = join(parent, "new", "data");
    const store = await openStore({ dataDir, role: "server" });
    await store.keys.insert(storedKey({}));
    assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
    for (const name of await readdir(dataDir)) {
      assert.equal((await stat(join(dataDir, name))).mode & 0o777, 0o600, name);
    }
    await store.stop();
  });
});

test("a second server is refused and told who is the first; commands run beside it", async () => {
  await withTempFolder(async (dataDir) => {
    const first = await openStore({ dataDir, role: "server" });
    await first.announce("http://127.0.0.1:3400");
    await assert.rejects(openStore({ dataDir, role: "server" }), {
      name: "StartError",
      message: new RegExp(
        `${dataDir} is in use by process ${process.pid} at http://127.0.0.1:3400`,
      ),
    });
    const beside = await openStore({ dataDir, role: "command" });
    await beside.keys.insert(storedKey({}));
    await beside.stop();
    await first.stop();
    await (await openStore({ dataDir, role: "server" })).stop();
  });
});

test("several commands may open a new folder at the same time", async () => {
  await withTempFolder(async (dataDir) => {
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => openStore({ dataDir, role: "command" })),
    );
    await Promise.all(stores.map(({ keys }) => keys.insert(storedKey({}))));
    assert.equal((await stores[0]?.keys.list())?.length, 4);
    await Promise.all(stores.map((store) => store.stop()));
  });
});

test("after kill -9 every acknowledged key is there and the folder is free at once", async () => {
  await withTempFolder(async (dataDir) => {
    for (let round = 0; round < 3; round += 1) {
      const acknowledged = await insertUntilKilled(dataDir);
      const store = await openStore({ dataDir, role: "server" });
      const kept = new Set((await store.keys.list()).map(({ id }) => id));
      assert.ok(acknowledged.length > 0);
      assert.deepEqual(
        acknowledged.filter((id) => !kept.has(id)),
        [],
      );
      assert.deepEqual(await store.check(), []);
      await store.stop();
    }
  });
});

/** The ids that a server process said were inserted before it died. */
async function insertUntilKilled(dataDir: string): Promise<string[]> {
  const child = fork(join(import.meta.dirname, "../../test/support/insert-keys.ts"), [dataDir]);
  const acknowledged: string[] = [];
  child.on("message", (id) => acknowledged.push(String(id)));
  while (acknowledged.length < 200) await once(child, "message");
  child.kill("SIGKILL");
  await once(child, "exit");
  return acknowledged;
}

const UNUSABLE: readonly {
  readonly why: string;
  readonly damage: (file: string) => Promise<void> | void;
  readonly message: RegExp;
}[] = [
  {
    why: "is no database",
    damage: (file) => writeFile(file, "certainly not a database".repeat(100)),
    message: /quern\.db can't be used: it is not a database, or it is damaged: restore a backup/,
  },
  {
    why: "is cut off",
    damage: (file) => truncate(file, 5000),
    message: /it is damaged|not a database/,
  },
  {
    why: "is of a newer version",
    damage: (file) => change(file, "INSERT INTO migrations VALUES (9999, 'later', 'x', 0)"),
    message: /it was made by a newer Quern \(schema 9999, this one knows \d+\): update Quern/,
  },
  {
    why: "was made by another build",
    damage: (file) => change(file, "UPDATE migrations SET checksum = 'x' WHERE version = 1"),
    message: /schema step 1 \(api-keys\) is not the one of this Quern/,
  },
  {
    why: "belongs to another program",
    damage: async (file) => {
      await rm(file);
      change(file, "CREATE TABLE theirs (id INTEGER)");
    },
    message: /it is a database of another program/,
  },
];

for (const { why, damage, message } of UNUSABLE) {
  test(`a database that ${why} is refused with a reason, and left as it is`, async () => {
    await withTempFolder(async (dataDir) => {
      await (await openStore({ dataDir, role: "server" })).stop();
      await damage(join(dataDir, "quern.db"));
      const before = await stat(join(dataDir, "quern.db"));
      for (const role of ["server", "command"] as const) {
        await assert.rejects(openStore({ dataDir, role }), { name: "StartError", message });
      }
      assert.equal((await stat(join(dataDir, "quern.db"))).size, before.size);
    });
  });
}

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

test("a folder that can't be made or written is refused by name", async (context) => {
  await withTempFolder(async (parent) => {
    const file = join(parent, "file");
    await writeFile(file, "");
    await assert.rejects(openStore({ dataDir: join(file, "data"), role: "server" }), {
      name: "StartError",
      message: /The data folder .*file\/data can't be made: ENOTDIR/,
    });
    if (process.getuid?.() === 0) return context.diagnostic("root may write everywhere");
    chmodSync(parent, 0o500);
    await assert.rejects(openStore({ dataDir: parent, role: "server" }), { name: "StartError" });
    chmodSync(parent, 0o700);
  });
});

test("while another program keeps the database locked, writes answer UNAVAILABLE and work again afterwards", async () => {
  await withTempFolder(async (dataDir) => {
    const store = await openStore({ dataDir, role: "server", busyTimeoutMs: 50 });
    const other = new DatabaseSync(join(dataDir, "quern.db"));
    other.exec("BEGIN IMMEDIATE");
    const unavailable = { name: "RequestError", code: "UNAVAILABLE" };
    await assert.rejects(store.keys.insert(storedKey({})), unavailable);
    await assert.rejects(store.ping(), unavailable);
    assert.deepEqual(await store.keys.list(), [], "reads go on");
    other.exec("ROLLBACK");
    other.close();
    await store.keys.insert(storedKey({}));
    await store.stop();
  });
});

test("a backup is a whole database, made beside a server that writes", async () => {
  await withTempFolder(async (dataDir) => {
    const server = await openStore({ dataDir, role: "server" });
    const early = Array.from({ length: 50 }, () => storedKey({}));
    await Promise.all(early.map((stored) => server.keys.insert(stored)));
    const command = await openStore({ dataDir, role: "command" });
    const restored = join(dataDir, "restored");
    await (await openStore({ dataDir: restored, role: "command" })).stop();
    const copy = join(dataDir, "copy.db");
    const late = Array.from({ length: 50 }, () => storedKey({}));
    await Promise.all([command.backup(copy), ...late.map((stored) => server.keys.insert(stored))]);
    await assert.rejects(command.backup(copy), { name: "StartError", message: /exists already/ });
    await assert.rejects(command.backup(join(dataDir, "no", "folder")), { name: "StartError" });
    await command.stop();
    await server.stop();
    assert.equal((await stat(copy)).mode & 0o777, 0o600);

    await rm(join(restored, "quern.db"));
    await writeFile(join(restored, "quern.db"), await readFile(copy));
    const again = await openStore({ dataDir: restored, role: "server" });
    const ids = new Set((await again.keys.list()).map(({ id }) => id));
    assert.ok(early.every(({ key }) => ids.has(key.id)));
    assert.deepEqual(await again.check(), []);
    await again.stop();
    assert.ok(!existsSync(`${copy}.partial`));
  });
});
