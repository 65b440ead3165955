import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { storedKey } from "../stored-key.ts";
import { type OpenForTest, shareStore } from "./opened-store.ts";

export function describeKeys(open: OpenForTest): void {
  describe("keys", () => {
    const opened = shareStore(open);

    test("gives a key back as it was inserted", async () => {
      const { keys } = opened().store;
      const limited = storedKey({
        monthlyBudget: 0,
        perMinute: 60,
        concurrency: 2,
        name: "日本 'x'",
      });
      const unlimited = storedKey({ scope: "read" });
      await Promise.all([keys.insert(limited), keys.insert(unlimited)]);
      assert.deepEqual(await keys.findByPrefix(limited.key.prefix), [limited]);
      assert.deepEqual(await keys.findByPrefix(unlimited.key.prefix), [unlimited]);
    });

    test("finds all keys of a prefix, and none of another", async () => {
      const { keys } = opened().store;
      const [one, other] = [storedKey({ prefix: "qn_twins" }), storedKey({ prefix: "qn_twins" })];
      await keys.insert(one);
      await keys.insert(other);
      const found = await keys.findByPrefix("qn_twins");
      assert.deepEqual(
        new Set(found.map(({ key }) => key.id)),
        new Set([one.key.id, other.key.id]),
      );
      assert.deepEqual(await keys.findByPrefix("qn_twin"), []);
      assert.deepEqual(await keys.findByPrefix("' OR 1=1 --"), []);
    });

    test("finds a key by its id, revoked or not", async () => {
      const { keys } = opened().store;
      const stored = storedKey({});
      await keys.insert(stored);
      assert.deepEqual(await keys.find(stored.key.id), stored.key);
      await keys.revoke(stored.key.id, new Date(1));
      assert.deepEqual(await keys.find(stored.key.id), { ...stored.key, revokedAt: new Date(1) });
      assert.equal(await keys.find("nobody"), null);
    });

    test("lists the newest first", async () => {
      const { keys } = opened().store;
      const times = [3, 1, 2].map((day) => new Date(Date.UTC(2100, 0, day)));
      for (const createdAt of times) await keys.insert(storedKey({ createdAt }));
      const listed = (await keys.list()).slice(0, 3).map((key) => key.createdAt.getUTCDate());
      assert.deepEqual(listed, [3, 2, 1]);
    });

    test("revokes a key once, and says whether it did", async () => {
      const { keys } = opened().store;
      const stored = storedKey({});
      await keys.insert(stored);
      const at = new Date(Date.UTC(2026, 5, 1));
      const answers = await Promise.all([
        keys.revoke(stored.key.id, at),
        keys.revoke(stored.key.id, new Date(0)),
      ]);
      assert.deepEqual(answers.toSorted(), [false, true]);
      assert.equal(await keys.revoke("nobody", at), false);
      const [found] = await keys.findByPrefix(stored.key.prefix);
      assert.ok(found?.key.revokedAt instanceof Date);
    });

    test("a write that fails leaves the others of its moment alone", async () => {
      const { keys } = opened().store;
      const [first, second, third] = [storedKey({}), storedKey({}), storedKey({})];
      const outcomes = await Promise.allSettled([
        keys.insert(first),
        keys.insert({ ...second, secretHash: first.secretHash }),
        keys.insert(third),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "rejected", "fulfilled"],
      );
      const ids = new Set((await keys.list()).map(({ id }) => id));
      assert.deepEqual(
        [first, second, third].map(({ key }) => ids.has(key.id)),
        [true, false, true],
      );
    });

    test("what is acknowledged is there for another process at once", async () => {
      const stored = storedKey({});
      await opened().store.keys.insert(stored);
      const other = await opened().openBeside();
      try {
        assert.deepEqual(await other.keys.findByPrefix(stored.key.prefix), [stored]);
        await other.keys.revoke(stored.key.id, new Date());
      } finally {
        await other.stop();
      }
      const [seen] = await opened().store.keys.findByPrefix(stored.key.prefix);
      assert.notEqual(seen?.key.revokedAt, null);
    });
  });
}
