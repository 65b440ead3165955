import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import { prepareStatement, type Slot, slotsOf } from "./prepare-statement.ts";

const query = new Kysely<{ pages: { id: string; size: number | null; name: string } }>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const compiled = (statement: Compilable) => {
  const { sql: text, parameters } = statement.compile();
  return { text, parameters };
};

test("each run has its own values, and the same text", () => {
  const find = prepareStatement((slot: Slot<{ id: string; least: number }>) =>
    query
      .selectFrom("pages")
      .select("name")
      .where("id", "=", slot("id"))
      .where("size", ">=", slot("least"))
      .where("name", "!=", "x"),
  );
  const [one, other] = [find({ id: "a", least: 1 }), find({ id: "b", least: 2 })];
  const text = 'select "name" from "pages" where "id" = ? and "size" >= ? and "name" != ?';
  assert.deepEqual(compiled(one), { text, parameters: ["a", 1, "x"] });
  assert.deepEqual(compiled(other), { text, parameters: ["b", 2, "x"] });
});

test("a value may stand in several places, and nothing is a value, too", () => {
  const insert = prepareStatement((slot: Slot<{ id: string; size: number | null }>) => {
    const row = { ...slotsOf(slot, ["id", "size"]), name: slot("id") };
    return query
      .insertInto("pages")
      .values(row)
      .onConflict((conflict) => conflict.doNothing());
  });
  assert.deepEqual(compiled(insert({ id: "a", size: null })), {
    text: 'insert into "pages" ("id", "size", "name") values (?, ?, ?) on conflict do nothing',
    parameters: ["a", null, "a"],
  });
});

test("what is asked for again and again is built once", () => {
  let builds = 0;
  const count = prepareStatement((slot: Slot<{ limit: number }>) => {
    builds += 1;
    const limited = sql`select 1 limit ${slot("limit")}`;
    return { compile: () => limited.compile(query) };
  });
  for (const limit of [1, 2, 3]) assert.deepEqual(compiled(count({ limit })).parameters, [limit]);
  assert.equal(builds, 1);
});
