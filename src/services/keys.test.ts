import assert from "node:assert/strict";
import { test } from "node:test";
import { withTempFolder } from "../../test/support/temp-folder.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { createKeyService } from "./keys.ts";

const CONFIGURED = "a-key-from-the-settings";

interface Bench {
  readonly store: Store;
  /** A service as another process would have it: with a memory of its own. */
  readonly open: (configuredSecret?: string) => ReturnType<typeof createKeyService>;
  readonly pass: (ms: number) => void;
}

async function withKeys(work: (bench: Bench) => Promise<void>): Promise<void> {
  await withTempFolder(async (dataDir) => {
    const store = await openStore({ dataDir, role: "server" });
    let now = Date.UTC(2026, 0, 1);
    const pass = (ms: number) => {
      now += ms;
    };
    const open = (configuredSecret?: string) =>
      createKeyService({
        store: store.keys,
        now: () => new Date(now),
        configuredSecret: configuredSecret ?? null,
      });
    try {
      await work({ store, open, pass });
    } finally {
      await store.stop();
    }
  });
}

test("a new key opens, and nothing near it does", async () => {
  await withKeys(async ({ open }) => {
    const keys = open();
    const { key, secret } = await keys.create({ name: "mine", scope: "read", perMinute: 3 });
    assert.match(secret, /^qn_[\w-]{43}$/);
    assert.deepEqual(await keys.authenticate(secret), key);
    const near = [
      secret.slice(0, -1),
      `${secret} `,
      secret.toUpperCase(),
      `${secret.slice(0, -1)}${secret.endsWith("a") ? "b" : "a"}`,
      key.prefix,
      key.id,
      "",
      "x".repeat(100_000),
    ];
    for (const other of near) assert.equal(await keys.authenticate(other), null);
  });
});

test("what is kept of a secret is its hash and the part that lists show", async () => {
  await withKeys(async ({ open, store }) => {
    const { key, secret } = await open().create({});
    const [stored] = await store.keys.findByPrefix(key.prefix);
    assert.match(stored?.secretHash ?? "", /^[0-9a-f]{64}$/);
    assert.ok(!JSON.stringify(stored).includes(secret.slice(key.prefix.length)));
  });
});

test("what another process makes or revokes counts within two seconds", async () => {
  await withKeys(async ({ open, pass }) => {
    const [server, command] = [open(), open()];
    const { key, secret } = await command.create({});
    assert.notEqual(await server.authenticate(secret), null);
    await command.revoke(key.id);
    pass(2000);
    assert.equal(await server.authenticate(secret), null);
  });
});

test("a revocation of one's own counts at once, also when the clock is set back", async () => {
  await withKeys(async ({ open, pass }) => {
    const [keys, other] = [open(), open()];
    const { key, secret } = await keys.create({});
    assert.notEqual(await keys.authenticate(secret), null);
    assert.notEqual(await other.authenticate(secret), null);
    assert.equal(await keys.revoke(key.id), true);
    assert.equal(await keys.authenticate(secret), null);
    pass(-3_600_000);
    assert.equal(await other.authenticate(secret), null);
    assert.equal(await keys.revoke(key.id), false);
  });
});

test("the key of the settings always works, and stands in no list", async () => {
  await withKeys(async ({ open }) => {
    const keys = open(CONFIGURED);
    const key = await keys.authenticate(CONFIGURED);
    assert.deepEqual([key?.account, key?.scope, key?.revokedAt], ["default", "all", null]);
    assert.equal(key?.id, (await open(CONFIGURED).authenticate(CONFIGURED))?.id);
    assert.ok(!JSON.stringify(key).includes(CONFIGURED.slice(0, 5)));
    assert.deepEqual(await keys.list(), []);
    assert.equal(await open().authenticate(CONFIGURED), null);
  });
});

test("a first key is made where there has never been one and none is set", async () => {
  await withKeys(async ({ open }) => {
    assert.equal(await open(CONFIGURED).ensureFirstKey(), null);
    const first = await open().ensureFirstKey();
    assert.ok(first !== null);
    assert.deepEqual(await open().authenticate(first.secret), first.key);
    await open().revoke(first.key.id);
    assert.equal(await open().ensureFirstKey(), null, "it was revoked on purpose");
  });
});
