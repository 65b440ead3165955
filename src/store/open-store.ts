import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { StartError } from "../contract/start-error.ts";
import { DataFolderLock } from "./data-folder-lock.ts";
import type { SqlEngine } from "./sql-engine.ts";
import { createSqlJobStore } from "./sql-job-store.ts";
import { createSqlKeyStore } from "./sql-key-store.ts";
import { createSqlRetentionStore } from "./sql-retention-store.ts";
import { createSqlUsageStore } from "./sql-usage-store.ts";
import { createSqlWorkStore } from "./sql-work-store.ts";
import { SqliteClient } from "./sqlite-client.ts";
import { createSqliteEngine } from "./sqlite-engine.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  readonly dataDir: string;
  /** A server has the folder for itself; commands run beside it. */
  readonly role: "server" | "command";
  /** How long a write of another process (`quern keys`) is waited for. */
  readonly busyTimeoutMs?: number;
  readonly now?: () => Date;
  /** Milliseconds that never jump; leases are measured by it. */
  readonly steadyNow?: () => number;
}

/** @throws StartError when the folder is in use by a server, or the database can't be used */
export async function openStore({
  dataDir,
  role,
  busyTimeoutMs = 5000,
  now = () => new Date(),
  // A pause of the process counts, a change of the machine's clock does not.
  steadyNow = () => Math.floor(performance.timeOrigin + performance.now()),
}: StoreOptions): Promise<Store> {
  const folder = resolve(dataDir);
  createFolder(folder);
  const lock = role === "server" ? await takeForServer(folder) : null;
  const file = { file: join(folder, "quern.db"), busyTimeoutMs };
  const clients = { owner: new SqliteClient(file), scanner: new SqliteClient(file) };
  const engine = createSqliteEngine(clients);
  try {
    if (lock === null) await openBeside(clients.owner, folder);
    else await openAsServer(clients.owner, engine);
  } catch (error) {
    await clients.owner.stop();
    lock?.release();
    throw error;
  }
  return createStore({ clients, engine, lock, clocks: { now, steadyNow } });
}

/** Long enough for a command that is just bringing the schema up to date, or for a server that is just ending. */
const LOCK_WAIT_MS = 2000;

/** An existing folder keeps its mode: it may be one that others have to enter, and the files in it are private. */
function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartError(`The data folder ${folder} can't be made: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

async function takeForServer(folder: string): Promise<DataFolderLock> {
  const lock = await DataFolderLock.take(folder, { waitMs: LOCK_WAIT_MS });
  if (lock !== null) {
    lock.sign(null);
    return lock;
  }
  throw new StartError(
    `The data folder ${folder} is in use by ${DataFolderLock.describeOwner(folder)}. Stop it, or set QUERN_DATA_DIR to another folder.`,
  );
}

/** Whoever worked on this folder before is dead: its jobs are taken back at once, however long its lease still runs. */
async function openAsServer(owner: SqliteClient, { query, write }: SqlEngine): Promise<void> {
  await owner.open({ mayMigrate: true });
  await write([{ query: query.deleteFrom("workers") }]);
}

/** Only who has the folder changes the schema: a command never does so under a server that runs. */
async function openBeside(client: SqliteClient, folder: string): Promise<void> {
  if (await openWithLock(client, await DataFolderLock.take(folder, { waitMs: 0 }))) return;
  const lock = await DataFolderLock.take(folder, { waitMs: LOCK_WAIT_MS });
  if (await openWithLock(client, lock)) return;
  throw new StartError(
    `The data folder ${folder} is in use by ${DataFolderLock.describeOwner(folder)}, an older Quern. Start it anew with this version first.`,
  );
}

async function openWithLock(client: SqliteClient, lock: DataFolderLock | null): Promise<boolean> {
  try {
    return await client.open({ mayMigrate: lock !== null });
  } finally {
    lock?.release();
  }
}

interface OpenedStore {
  readonly clients: { readonly owner: SqliteClient; readonly scanner: SqliteClient };
  readonly engine: SqlEngine;
  readonly lock: DataFolderLock | null;
  readonly clocks: { readonly now: () => Date; readonly steadyNow: () => number };
}

function createStore({ clients, engine, lock, clocks }: OpenedStore): Store {
  const { owner, scanner } = clients;
  return {
    keys: createSqlKeyStore(engine),
    jobs: createSqlJobStore(engine),
    work: createSqlWorkStore(engine, clocks),
    usage: createSqlUsageStore(engine),
    retention: createSqlRetentionStore(engine),
    async ping() {
      await owner.run({ kind: "ping" });
    },
    check: () => scanner.run({ kind: "check" }),
    async announce(address) {
      lock?.sign(address);
    },
    async backup(file) {
      await scanner.run({ kind: "backup", file: resolve(file) });
    },
    async stop() {
      await scanner.stop();
      await owner.stop();
      lock?.release();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
