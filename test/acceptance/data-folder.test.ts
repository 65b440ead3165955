import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createKey, isKnown } from "../support/create-key.ts";
import { runQuern } from "../support/run-quern.ts";
import { startQuern } from "../support/start-quern.ts";
import { withTempFolder } from "../support/temp-folder.ts";

test("a second server on a data folder in use exits 2 and names the first", async () => {
  const first = await startQuern();
  try {
    const second = await runQuern(["serve"], {
      env: { QUERN_PORT: "0", QUERN_DATA_DIR: first.dataDir },
    });
    assert.equal(second.code, 2);
    assert.equal(second.stdout, "");
    const names = [first.url, String(first.pid)];
    assert.ok(
      names.some((name) => second.stderr.includes(name)),
      second.stderr,
    );
    assert.ok(await isKnown(first, first.key), "the first one goes on");
  } finally {
    await first.stop();
  }
});

test("keys commands run beside a server", async () => {
  const quern = await startQuern();
  try {
    await createKey(quern, "--name", "beside");
    const list = await runQuern(["keys", "list"], { env: { QUERN_DATA_DIR: quern.dataDir } });
    assert.deepEqual([list.code, /beside/.test(list.stdout)], [0, true], list.stderr);
  } finally {
    await quern.stop();
  }
});

test("after kill -9 the data folder is free at once and keeps its keys", async () => {
  await withTempFolder(async (dataDir) => {
    const first = await startQuern({ dataDir });
    const { key } = await createKey(first, "--name", "survivor");
    await first.kill();
    const second = await startQuern({ dataDir });
    try {
      assert.ok(await isKnown(second, key));
    } finally {
      await second.stop();
    }
  });
});

test("two servers on folders of their own do not mind each other", async () => {
  const [one, other] = [await startQuern(), await startQuern()];
  assert.notEqual(one.url, other.url);
  await Promise.all([one.stop(), other.stop()]);
});

test("a data folder that cannot be one is exit 2 that names it", async () => {
  await withTempFolder(async (folder) => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const run = await runQuern(["serve"], { env: { QUERN_PORT: "0", QUERN_DATA_DIR: file } });
    assert.equal(run.code, 2, run.stderr);
    assert.ok(run.stderr.includes(file), run.stderr);
  });
});
