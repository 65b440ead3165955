import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrateSqlite } from "./migrate-sqlite.ts";
import type { Migration } from "./migrations/migration.ts";
import { MIGRATIONS } from "./migrations/migrations.ts";

const schemaOf = (database: DatabaseSync) =>
  database.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();

const migrate = (database: DatabaseSync, migrations: readonly Migration[]) =>
  migrateSqlite(database, { migrations, mayMigrate: true });

test("versions are 1, 2, 3 … without gaps", () => {
  assert.deepEqual(
    MIGRATIONS.map(({ version }) => version),
    MIGRATIONS.map((_, index) => index + 1),
  );
});

test("from every released version the newest schema is reached, and it is the same", () => {
  const fresh = new DatabaseSync(":memory:");
  migrate(fresh, MIGRATIONS);
  for (let version = 1; version <= MIGRATIONS.length; version += 1) {
    const database = new DatabaseSync(":memory:");
    migrate(database, MIGRATIONS.slice(0, version));
    migrate(database, MIGRATIONS);
    assert.deepEqual(schemaOf(database), schemaOf(fresh), `from version ${version}`);
  }
});

test("nothing is changed without leave: it says how much is to do", () => {
  const database = new DatabaseSync(":memory:");
  const pending = migrateSqlite(database, { migrations: MIGRATIONS, mayMigrate: false });
  assert.equal(pending, MIGRATIONS.length);
  assert.deepEqual(schemaOf(database), []);
});

test("a step that fails leaves the version before it, whole", () => {
  const good: Migration = { version: 1, name: "good", sqlite: "CREATE TABLE one (id INTEGER)" };
  const bad: Migration = {
    version: 2,
    name: "bad",
    sqlite: "CREATE TABLE two (id INTEGER); INSERT INTO nowhere VALUES (1)",
  };
  const database = new DatabaseSync(":memory:");
  assert.throws(() => migrate(database, [good, bad]), /nowhere/);
  const tables = schemaOf(database).map(({ name }) => name);
  assert.deepEqual(tables, ["migrations", "one"]);
  assert.equal(migrateSqlite(database, { migrations: [good, bad], mayMigrate: false }), 1);
});
