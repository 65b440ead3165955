import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { StartError } from "../contract/start-error.ts";
import { createPrivateFile } from "./create-private-file.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";
import { explainOpening, isDamaged } from "./sqlite-failures.ts";
import type {
  SqlRow,
  Statement,
  StatementOrder,
  StatementResult,
  UnitResult,
} from "./sqlite-protocol.ts";

export interface OpenOptions {
  readonly file: string;
  readonly busyTimeoutMs: number;
  /** Whether the schema may be brought up to date. */
  readonly mayMigrate: boolean;
}

export type UnitReply =
  | { readonly ok: true; readonly value: UnitResult }
  | { readonly ok: false; readonly error: unknown };

/**
 * The embedded database with everything that blocks: it lives in its own thread. One connection writes; reads
 * go through a second one that cannot write, so that a read never sees half a unit and never waits for a commit.
 */
export class SqliteDatabase {
  readonly #writer: Connection;
  readonly #reader: Connection;

  private constructor(writer: Connection, reader: Connection) {
    this.#writer = writer;
    this.#reader = reader;
  }

  /**
   * Null when the schema has to be brought up to date and `mayMigrate` is false.
   * @throws StartError with the reason when the file can't be used
   */
  static open({ file, busyTimeoutMs, mayMigrate }: OpenOptions): SqliteDatabase | null {
    let writer: Connection | undefined;
    try {
      createPrivateFile(file);
      writer = new Connection(file, { readOnly: false, busyTimeoutMs });
      if (migrateSqlite(writer.database, { migrations: MIGRATIONS, mayMigrate }) > 0) {
        writer.close();
        return null;
      }
      return new SqliteDatabase(writer, new Connection(file, { readOnly: true, busyTimeoutMs }));
    } catch (error) {
      writer?.close();
      const reason = error instanceof StartError ? error.message : explainOpening(error);
      if (reason === null) throw error;
      throw new StartError(`The database ${file} can't be used: ${reason}.`, { cause: error });
    }
  }

  /** Group commit: one transaction, one wait for the disk. A unit that fails is undone alone. */
  commitTogether(units: readonly (readonly StatementOrder[])[]): UnitReply[] {
    try {
      this.#writer.database.exec("BEGIN IMMEDIATE");
      const replies = units.map((unit) => this.#runUnit(unit));
      this.#writer.database.exec("COMMIT");
      return replies;
    } catch (error) {
      if (this.#writer.database.isTransaction) this.#writer.database.exec("ROLLBACK");
      return units.map(() => ({ ok: false, error }));
    }
  }

  read(statement: Statement): readonly SqlRow[] {
    return this.#reader.run(statement).rows;
  }

  /** @throws StartError when the file exists or can't be written */
  backup(file: string): void {
    if (existsSync(file)) throw new StartError(`${file} exists already: name a new file.`);
    const partial = `${file}.${process.pid}.partial`;
    try {
      createPrivateFile(partial);
      this.#reader.run({ sql: "VACUUM INTO ?", parameters: [partial] });
      flush(partial);
      renameSync(partial, file);
    } catch (error) {
      rmSync(partial, { force: true });
      const reason = explainOpening(error);
      if (reason === null) throw error;
      throw new StartError(`The copy ${file} can't be written: ${reason}.`, { cause: error });
    }
  }

  /** A little of what is free goes back to the file system; the rest is kept for what comes next. */
  compact(): void {
    const { free, all } = this.#countPages();
    if (free < all * KEPT_FREE) return;
    this.#writer.database.exec(`PRAGMA incremental_vacuum(${PAGES_PER_STEP})`);
  }

  /** Reads every page of the file; what is wrong, or nothing. */
  check(): string[] {
    try {
      const { rows } = this.#reader.run({ sql: "PRAGMA quick_check(10)", parameters: [] });
      return rows.map((row) => String(row["quick_check"])).filter((line) => line !== "ok");
    } catch (error) {
      // Some damage ends the examination itself.
      if (error instanceof Error && isDamaged(error)) return [error.message];
      throw error;
    }
  }

  /** Takes the write lock and gives it back: true readiness, not only an open file. */
  ping(): void {
    this.#writer.database.exec("BEGIN IMMEDIATE; ROLLBACK");
  }

  close(): void {
    this.#reader.close();
    this.#writer.close();
  }

  #countPages(): { free: number; all: number } {
    const sql =
      "SELECT freelist_count AS free, page_count AS pages FROM pragma_freelist_count, pragma_page_count";
    const [row] = this.#writer.run({ sql, parameters: [] }).rows;
    return { free: Number(row?.["free"]), all: Number(row?.["pages"]) };
  }

  #runUnit(unit: readonly StatementOrder[]): UnitReply {
    this.#writer.run(SAVEPOINT.begin);
    try {
      const value = this.#runSteps(unit);
      if (value === null) this.#writer.run(SAVEPOINT.undo);
      this.#writer.run(SAVEPOINT.end);
      return { ok: true, value };
    } catch (error) {
      // A full disk or a failing one undoes the whole transaction: then no unit of it has happened.
      if (!this.#writer.database.isTransaction) throw error;
      this.#writer.run(SAVEPOINT.undo);
      this.#writer.run(SAVEPOINT.end);
      return { ok: false, error };
    }
  }

  #runSteps(unit: readonly StatementOrder[]): UnitResult {
    const results: StatementResult[] = [];
    for (const step of unit) {
      const result = this.#writer.run(step);
      if (step.required && result.changes === 0) return null;
      results.push(result);
    }
    return results;
  }
}

/** A share of the file: results come and go, and what they leave is soon filled again. */
const KEPT_FREE = 1 / 8;
/** 2 MiB, so that no commit waits long. */
const PAGES_PER_STEP = 512;

const SAVEPOINT = {
  begin: { sql: "SAVEPOINT unit", parameters: [] },
  undo: { sql: "ROLLBACK TO unit", parameters: [] },
  end: { sql: "RELEASE unit", parameters: [] },
} as const;

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

/** A connection with its prepared statements. */
class Connection {
  readonly database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(
    file: string,
    { readOnly, busyTimeoutMs }: { readOnly: boolean; busyTimeoutMs: number },
  ) {
    this.database = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMs });
    this.database.exec(readOnly ? READER_PRAGMAS : WRITER_PRAGMAS);
  }

  run({ sql, parameters }: Statement): StatementResult {
    const { statement, givesRows } = this.#prepare(sql);
    if (givesRows) {
      const rows = statement.all(...parameters);
      return { rows, changes: rows.length };
    }
    return { rows: [], changes: Number(statement.run(...parameters).changes) };
  }

  close(): void {
    this.#prepared.clear();
    this.database.close();
  }

  /** The least recently used statement makes room: lists of varying length give ever new SQL. */
  #prepare(sql: string): Prepared {
    const prepared = this.#prepared.get(sql) ?? this.#compile(sql);
    this.#prepared.delete(sql);
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > MAX_PREPARED) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    return prepared;
  }

  #compile(sql: string): Prepared {
    const statement = this.database.prepare(sql);
    return { statement, givesRows: statement.columns().length > 0 };
  }
}

const MAX_PREPARED = 256;

// 8 MiB of cache each; no memory map, since a disk error would then be a signal that kills the process.
const READER_PRAGMAS =
  "PRAGMA cache_size = -8192; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;";

// secure_delete: what is erased, as the requests of ended jobs, is overwritten in its page, which costs no I/O of its
// own; whole pages that become free keep their bytes until they are used again or given back.
// auto_vacuum counts only before the first table exists: expired results are to give their space back.
const WRITER_PRAGMAS = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = FAST;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA temp_store = MEMORY;
  ${READER_PRAGMAS}`;

function flush(file: string): void {
  chmodSync(file, 0o600);
  const descriptor = openSync(file, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
