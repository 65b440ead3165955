import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { StartError } from "../contract/start-error.ts";
import type { Migration } from "./migrations/migration.ts";

/**
 * Brings the schema up to date, one transaction for each step, and says how many steps are still to do: 0, or
 * all that are pending when `mayMigrate` is false.
 * @throws StartError when the database is of a newer or of another program
 */
export function migrateSqlite(
  database: DatabaseSync,
  { migrations, mayMigrate }: { migrations: readonly Migration[]; mayMigrate: boolean },
): number {
  const applied = readApplied(database);
  for (const row of applied) verify(row, migrations);
  const pending = migrations.slice(applied.length);
  if (!mayMigrate) return pending.length;
  if (applied.length === 0) database.exec(CREATE_HISTORY);
  for (const migration of pending) apply(database, migration);
  return 0;
}

interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

const CREATE_HISTORY = `
  CREATE TABLE IF NOT EXISTS migrations (
    version    INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    checksum   TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
  ) STRICT`;

function readApplied(database: DatabaseSync): AppliedMigration[] {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map((row) => String(row["name"]));
  if (tables.length === 0) return [];
  if (!tables.includes("migrations")) {
    throw new StartError("it is a database of another program");
  }
  return database
    .prepare("SELECT version, name, checksum FROM migrations ORDER BY version")
    .all()
    .map((row) => ({
      version: Number(row["version"]),
      name: String(row["name"]),
      checksum: String(row["checksum"]),
    }));
}

function verify(applied: AppliedMigration, migrations: readonly Migration[]): void {
  const known = migrations[applied.version - 1];
  if (known === undefined) {
    throw new StartError(
      `it was made by a newer Quern (schema ${applied.version}, this one knows ${migrations.length}): update Quern`,
    );
  }
  if (checksumOf(known) !== applied.checksum) {
    throw new StartError(
      `its schema step ${applied.version} (${applied.name}) is not the one of this Quern: it was made by another build`,
    );
  }
}

function apply(database: DatabaseSync, migration: Migration): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(migration.sqlite);
    database
      .prepare("INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)")
      .run(migration.version, migration.name, checksumOf(migration), Date.now());
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function checksumOf(migration: Migration): string {
  return createHash("sha256").update(migration.sqlite).digest("hex");
}
