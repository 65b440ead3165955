import assert from "node:assert/strict";
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { describeStore } from "../../test/support/store-compliance.ts";
import { storedKey } from "../../test/support/stored-key.ts";
import { withTempFolder } from "../../test/support/temp-folder.ts";
import { openStore, type StoreOptions } from "./open-store.ts";
import type { Store } from "./store.ts";

describeStore("SQLite", async (clocks) => {
  const dataDir = await mkdtemp(join(tmpdir(), "quern-store-"));
  const openServer = () => openStore({ dataDir, role: "server", ...clocks });
  let store = await openServer();
  return {
    store,
    openBeside: () => openStore({ dataDir, role: "command" }),
    reopen: async () => {
      await store.stop();
      store = await openServer();
      return store;
    },
    stop: async () => {
      await store.stop();
      await rm(dataDir, { recursive: true });
    },
  };
});

test("the folder and everything in it is for its owner alone", async () => {
  await withTempFolder(async (parent) => {
    const dataDir = join(parent, "new", "data");
    await withStore({ dataDir, role: "server" }, async (store) => {
      await store.keys.insert(storedKey({}));
      assert.equal((await stat(dataDir)).mode & 0o777, 0o700);
      for (const name of await readdir(dataDir)) {
        assert.equal((await stat(join(dataDir, name))).mode & 0o777, 0o600, name);
      }
    });
  });
});

test("a second server is refused and told who is the first; commands run beside it", async () => {
  await withTempFolder(async (dataDir) => {
    await withStore({ dataDir, role: "server" }, async (first) => {
      await first.announce("http://127.0.0.1:3400");
      await assert.rejects(openStore({ dataDir, role: "server" }), {
        name: "StartError",
        message: new RegExp(
          `${dataDir} is in use by process ${process.pid} at http://127.0.0.1:3400`,
        ),
      });
      await withStore({ dataDir, role: "command" }, ({ keys }) => keys.insert(storedKey({})));
    });
    await withStore({ dataDir, role: "server" }, (next) => next.ping());
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
      assert.ok(acknowledged.length > 0);
      await withStore({ dataDir, role: "server" }, async (store) => {
        assert.deepEqual(await listLost(store, acknowledged), []);
        assert.deepEqual(await store.check(), []);
      });
    }
  });
});

const INSERT_KEYS = join(import.meta.dirname, "../../test/support/insert-keys.ts");

/** The ids that a server process said were inserted before it died. */
async function insertUntilKilled(dataDir: string): Promise<string[]> {
  const child = fork(INSERT_KEYS, [dataDir]);
  const acknowledged: string[] = [];
  child.on("message", (id) => acknowledged.push(String(id)));
  const signal = AbortSignal.timeout(20_000);
  while (acknowledged.length < 200) await once(child, "message", { signal });
  child.kill("SIGKILL");
  await once(child, "exit");
  return acknowledged;
}

test("when the disk is full writes answer UNAVAILABLE, reads go on, and nothing acknowledged is lost", async () => {
  await withTempFolder(async (dataDir) => {
    // In blocks of 512 bytes: no file may grow over 1 MiB.
    const command = `ulimit -f 2048; exec '${process.execPath}' '${INSERT_KEYS}' '${dataDir}'`;
    const child = spawn("sh", ["-c", command], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const acknowledged: string[] = [];
    let told = { failed: "", readable: 0 };
    child.on("message", (message) => {
      if (typeof message === "string") acknowledged.push(message);
      else told = Object(message);
    });
    await once(child, "exit", { signal: AbortSignal.timeout(20_000) });
    assert.match(told.failed, /^UNAVAILABLE: .*(the disk is full|the disk reports an error)/);
    assert.ok(told.readable > 0);
    assert.ok(acknowledged.length > 10);
    await withStore({ dataDir, role: "server" }, async (store) => {
      assert.deepEqual(await listLost(store, acknowledged), []);
      await store.keys.insert(storedKey({}));
      assert.deepEqual(await store.check(), []);
    });
  });
});

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
    await withStore({ dataDir, role: "server", busyTimeoutMs: 50 }, async (store) => {
      const other = new DatabaseSync(join(dataDir, "quern.db"));
      other.exec("BEGIN IMMEDIATE");
      const unavailable = { name: "RequestError", code: "UNAVAILABLE" };
      await assert.rejects(store.keys.insert(storedKey({})), unavailable);
      await assert.rejects(store.ping(), unavailable);
      assert.deepEqual(await store.keys.list(), [], "reads go on");
      other.exec("ROLLBACK");
      other.close();
      await store.keys.insert(storedKey({}));
    });
  });
});

test("a backup is a whole database, made beside a server that writes", async () => {
  await withTempFolder(async (folder) => {
    const [dataDir, restored, copy] = [join(folder, "a"), join(folder, "b"), join(folder, "copy")];
    const [early, late] = [
      Array.from({ length: 50 }, () => storedKey({})),
      Array.from({ length: 50 }, () => storedKey({})),
    ];
    await withStore({ dataDir, role: "server" }, async (server) => {
      await Promise.all(early.map((stored) => server.keys.insert(stored)));
      await withStore({ dataDir, role: "command" }, async (command) => {
        const inserts = late.map((stored) => server.keys.insert(stored));
        await Promise.all([command.backup(copy), ...inserts]);
        await assert.rejects(command.backup(copy), {
          name: "StartError",
          message: /exists already/,
        });
        await assert.rejects(command.backup(join(folder, "no", "copy")), { name: "StartError" });
      });
    });
    assert.equal((await stat(copy)).mode & 0o777, 0o600);
    assert.deepEqual((await readdir(folder)).toSorted(), ["a", "copy"]);
    await mkdir(restored);
    await copyFile(copy, join(restored, "quern.db"));
    await withStore({ dataDir: restored, role: "server" }, async (store) => {
      const ids = early.map(({ key }) => key.id);
      assert.deepEqual(await listLost(store, ids), []);
      assert.deepEqual(await store.check(), []);
    });
  });
});

async function withStore<Result>(
  options: StoreOptions,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(options);
  try {
    return await work(store);
  } finally {
    await store.stop();
  }
}

async function listLost(store: Store, ids: readonly string[]): Promise<string[]> {
  const kept = new Set((await store.keys.list()).map(({ id }) => id));
  return ids.filter((id) => !kept.has(id));
}
