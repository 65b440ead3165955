import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { StartError } from "../contract/start-error.ts";
import { createPrivateFile } from "./create-private-file.ts";
import { explainOpening, isLocked } from "./sqlite-failures.ts";

/**
 * One owner of a data folder at a time. It is an exclusive transaction that stays open on a small database of its
 * own, hence a lock of the operating system: it ends with the process, however that ends, and is never stale.
 */
export class DataFolderLock {
  readonly #dataDir: string;
  readonly #database: DatabaseSync;

  private constructor(dataDir: string, database: DatabaseSync) {
    this.#dataDir = dataDir;
    this.#database = database;
  }

  /**
   * Null when another process has the folder and does not leave it within `waitMs`.
   * @throws StartError when the folder can't be written
   */
  static async take(
    dataDir: string,
    { waitMs }: { waitMs: number },
  ): Promise<DataFolderLock | null> {
    const end = performance.now() + waitMs;
    for (;;) {
      const lock = DataFolderLock.#tryToTake(dataDir);
      if (lock !== null || performance.now() >= end) return lock;
      await setTimeout(LOOK_AGAIN_MS);
    }
  }

  static #tryToTake(dataDir: string): DataFolderLock | null {
    const file = join(dataDir, "server.lock");
    let database: DatabaseSync | undefined;
    try {
      createPrivateFile(file);
      database = new DatabaseSync(file);
      database.exec("BEGIN EXCLUSIVE");
      return new DataFolderLock(dataDir, database);
    } catch (cause) {
      database?.close();
      if (isLocked(cause)) return null;
      const reason = explainOpening(cause);
      if (reason === null) throw cause;
      throw new StartError(`The lock ${file} can't be taken: ${reason}.`, { cause });
    }
  }

  /** The process that has the folder, in words, as far as it is known. */
  static describeOwner(dataDir: string): string {
    try {
      return readFileSync(ownerFile(dataDir), "utf8").trim();
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
        return "a process that is just starting";
      }
      throw cause;
    }
  }

  /** What a second server is told. */
  sign(address: string | null): void {
    const where = address === null ? "" : ` at ${address}`;
    writeFileSync(ownerFile(this.#dataDir), `process ${process.pid}${where}\n`, { mode: 0o600 });
  }

  release(): void {
    if (!this.#database.isOpen) return;
    rmSync(ownerFile(this.#dataDir), { force: true });
    this.#database.close();
  }
}

const LOOK_AGAIN_MS = 25;

function ownerFile(dataDir: string): string {
  return join(dataDir, "server.owner");
}
