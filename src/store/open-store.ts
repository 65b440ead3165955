import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { StartError } from "../contract/start-error.ts";
import { DataFolderLock } from "./data-folder-lock.ts";
import { createSqlKeyStore } from "./sql-key-store.ts";
import { SqliteClient } from "./sqlite-client.ts";
import { createSqliteEngine } from "./sqlite-engine.ts";
import type { Store } from "./store.ts";

export interface StoreOptions {
  readonly dataDir: string;
  /** A server has the folder for itself; commands run beside it. */
  readonly role: "server" | "command";
  /** How long a write of another process (`quern keys`) is waited for. */
  readonly busyTimeoutMs?: number;
}

/** @throws StartError when the folder is in use by a server, or the database can't be used */
export async function openStore({
  dataDir,
  role,
  busyTimeoutMs = 5000,
}: StoreOptions): Promise<Store> {
  const folder = resolve(dataDir);
  createFolder(folder);
  const lock = role === "server" ? await takeForServer(folder) : null;
  const client = new SqliteClient({ file: join(folder, "quern.db"), busyTimeoutMs });
  try {
    if (lock === null) await openBeside(client, folder);
    else await client.open({ mayMigrate: true });
  } catch (error) {
    await client.stop();
    lock?.release();
    throw error;
  }
  return createStore(client, lock);
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

function createStore(client: SqliteClient, lock: DataFolderLock | null): Store {
  const engine = createSqliteEngine(client);
  return {
    keys: createSqlKeyStore(engine),
    async ping() {
      await client.run({ kind: "ping" });
    },
    check: () => client.run({ kind: "check" }),
    async announce(address) {
      lock?.sign(address);
    },
    async backup(file) {
      await client.run({ kind: "backup", file: resolve(file) });
    },
    async stop() {
      await client.stop();
      lock?.release();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
