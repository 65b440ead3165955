import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { withSqliteEngine } from "../../test/support/with-sqlite-engine.ts";
import type { SqlEngine } from "./sql-engine.ts";

const insert = ({ query }: SqlEngine, id: string) => ({
  query: query.insertInto("api_keys").values({
    id,
    prefix: id,
    secret_hash: id,
    name: "",
    account: "default",
    scope: "all",
    monthly_budget: null,
    per_minute: null,
    concurrency: null,
    created_at: 0,
    revoked_at: null,
  }),
});

const rename = ({ query }: SqlEngine, id: string) =>
  query.updateTable("api_keys").set({ name: "renamed" }).where("id", "=", id).returning("name");

const idsOf = async (engine: SqlEngine): Promise<string[]> => {
  const rows = await engine.read(engine.query.selectFrom("api_keys").select("id").orderBy("id"));
  return rows.map(({ id }) => id);
};

test("a unit gives the rows and the changes of each step", async () => {
  await withSqliteEngine(async (engine) => {
    const outcome = await engine.write([insert(engine, "a"), { query: rename(engine, "a") }]);
    assert.ok(outcome.applied);
    assert.equal(outcome.results[0].changes, 1);
    assert.deepEqual([...outcome.results[1].rows], [{ name: "renamed" }]);
  });
});

test("nothing of a unit happens when a required step changes nothing", async () => {
  await withSqliteEngine(async (engine) => {
    const guarded = { query: rename(engine, "nobody"), required: true };
    const outcomes = await Promise.all([
      engine.write([insert(engine, "a")]),
      engine.write([insert(engine, "b"), guarded, insert(engine, "c")]),
      engine.write([insert(engine, "d"), { query: rename(engine, "nobody") }]),
    ]);
    assert.deepEqual(
      outcomes.map(({ applied }) => applied),
      [true, false, true],
    );
    assert.deepEqual(await idsOf(engine), ["a", "d"]);
  });
});

test("a unit that breaks a constraint is undone alone, from its first step", async () => {
  await withSqliteEngine(async (engine) => {
    const outcomes = await Promise.allSettled([
      engine.write([insert(engine, "a")]),
      engine.write([insert(engine, "b"), insert(engine, "a")]),
      engine.write([insert(engine, "c")]),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    assert.deepEqual(await idsOf(engine), ["a", "c"]);
  });
});

test("reads cannot write", async () => {
  await withSqliteEngine(async (engine) => {
    await assert.rejects(engine.read(insert(engine, "a").query), { code: "UNAVAILABLE" });
    assert.deepEqual(await idsOf(engine), []);
  });
});

test("values that databases hold in different ways are refused before they travel", async () => {
  await withSqliteEngine(async (engine) => {
    for (const value of [true, new Date(), undefined, { a: 1 }]) {
      await assert.rejects(
        engine.read({ compile: () => sql`select ${value}`.compile(engine.query) }),
        { name: "TypeError", message: /A statement can't hold a/ },
      );
    }
  });
});

test("when the thread dies its callers get UNAVAILABLE, and the next ones a new thread", async () => {
  await withSqliteEngine(
    async (engine) => {
      await engine.write([insert(engine, "a")]);
      const tooMuch = sql`
        with recursive n (i) as (select 1 union all select i + 1 from n where i < 200)
        select printf('%.*c', 1000000, 'x') || i as t from n`;
      const lost = engine.read({ compile: () => tooMuch.compile(engine.query) });
      const behind = idsOf(engine);
      await assert.rejects(lost, { name: "RequestError", code: "UNAVAILABLE" });
      await behind.catch(() => null);
      assert.deepEqual(await idsOf(engine), ["a"]);
    },
    { heapMiB: 16 },
  );
});
