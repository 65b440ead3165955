import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Schema } from "./schema.ts";
import type { SqlEngine, Step, UnitOutcome } from "./sql-engine.ts";
import type { SqliteClient } from "./sqlite-client.ts";
import type { SqlValue, Statement, UnitResult } from "./sqlite-protocol.ts";

interface SqliteClients {
  /** The one that writes, and answers what is quickly read. */
  readonly owner: SqliteClient;
  /** A thread of its own for long reads, so that no commit waits for them. */
  readonly scanner: SqliteClient;
}

export function createSqliteEngine({ owner, scanner }: SqliteClients): SqlEngine {
  const readThrough =
    (client: SqliteClient) =>
    async <Row>(query: Compilable<Row>) => {
      const rows = await client.run({ kind: "read", statement: toStatement(query) });
      // The builder derives the row's type from the schema that the migrations make.
      return rows as readonly Row[];
    };
  return {
    query: createQueryBuilder(),
    read: readThrough(owner),
    scan: readThrough(scanner),
    async write<Rows extends readonly unknown[]>(unit: readonly Step<unknown>[]) {
      const results = await owner.run({ kind: "write", unit: unit.map(toOrder) });
      return toOutcome<Rows>(results);
    },
    async compact() {
      await owner.run({ kind: "compact" });
    },
  };
}

function createQueryBuilder(): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new SqliteIntrospector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

function toOrder({ query, required = false }: Step<unknown>) {
  return { ...toStatement(query), required };
}

function toStatement(query: Compilable): Statement {
  const { sql, parameters } = query.compile();
  return { sql, parameters: parameters.map(toSqlValue) };
}

/** Booleans and dates have no form that both databases share, so columns hold numbers instead. */
function toSqlValue(value: unknown): SqlValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    return value;
  }
  throw new TypeError(`A statement can't hold a ${typeof value}`);
}

function toOutcome<Rows extends readonly unknown[]>(results: UnitResult): UnitOutcome<Rows> {
  if (results === null) return { applied: false };
  // As in `read`: the rows are what the builder says that `returning` gives.
  return { applied: true, results } as UnitOutcome<Rows>;
}
