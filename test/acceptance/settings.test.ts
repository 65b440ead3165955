import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createApi } from "../support/api.ts";
import { runQuern } from "../support/run-quern.ts";
import { startQuern } from "../support/start-quern.ts";
import { withTempFolder } from "../support/temp-folder.ts";

/** A bad value of every setting, as far as it can have one. */
const BAD: Readonly<Record<string, string>> = {
  QUERN_HOST: "not a host",
  QUERN_PORT: "70000",
  QUERN_API_KEY: "too-short",
  QUERN_ALLOW_NETWORKS: "127.0.0.1/33",
  QUERN_ALLOW_PORTS: "80,http",
  QUERN_CONCURRENCY: "0",
  QUERN_HOST_CONCURRENCY: "many",
  QUERN_HOST_DELAY_MS: "-1",
  QUERN_KEY_CONCURRENCY: "1.5",
  QUERN_PROXIES: "gopher://proxy:70",
  QUERN_PROXY_DEFAULT: "maybe",
  QUERN_MAX_PAGE_BYTES: "20 MB",
  QUERN_MAX_BODY_BYTES: "x",
  QUERN_STOP_MS: "soon",
  QUERN_LOG_LEVEL: "loud",
  QUERN_LOG_FORMAT: "xml",
};

test("every bad setting is named at once with the value seen and what is allowed, exit 2, nothing opened", async () => {
  await withTempFolder(async (folder) => {
    const dataDir = join(folder, "data");
    const run = await runQuern(["serve"], { env: { ...BAD, QUERN_DATA_DIR: dataDir } });
    assert.deepEqual([run.code, run.stdout], [2, ""]);
    for (const [name, value] of Object.entries(BAD)) {
      const line = run.stderr.split("\n").find((text) => text.includes(name));
      assert.ok(line !== undefined, `${name} is not named:\n${run.stderr}`);
      if (!["QUERN_API_KEY", "QUERN_PROXIES"].includes(name)) {
        assert.ok(line.includes(value), line);
      }
      assert.match(line, /allowed|such as|over|other than/i, line);
    }
    assert.ok(!existsSync(dataDir), "the data folder was made");
  });
});

test("secrets in bad settings are not shown", async () => {
  const env = { QUERN_API_KEY: "hunter2", QUERN_PROXIES: "http://me:hunter2@:bad" };
  const run = await runQuern(["serve"], { env });
  assert.equal(run.code, 2);
  assert.doesNotMatch(run.stderr + run.stdout, /hunter2/);
});

test("an unknown QUERN_ variable is a warning that names the nearest setting", async () => {
  const quern = await startQuern({ env: { QUERN_CONCURENCY: "3" } });
  await quern.stop();
  assert.match(quern.stderr(), /QUERN_CONCURENCY/);
  assert.match(quern.stderr(), /QUERN_CONCURRENCY/);
});

test("sizes take KiB, MiB and GiB", async () => {
  const quern = await startQuern({ env: { QUERN_MAX_BODY_BYTES: "2 KiB" } });
  try {
    const answer = await createApi(quern).extract({ url: "x".repeat(3000) });
    assert.equal(answer.status, 413);
  } finally {
    await quern.stop();
  }
});

test("a flag wins over the environment, that over .env, that over the default", async () => {
  await withTempFolder(async (dataDir) => {
    const dotEnv = [
      "QUERN_MAX_BODY_BYTES=4096",
      "QUERN_STOP_MS=nonsense",
      "QUERN_API_KEY=from-dot-env-0123456789",
    ];
    await writeFile(join(dataDir, ".env"), `${dotEnv.join("\n")}\n`);
    const quern = await startQuern({
      dataDir,
      key: null,
      env: { QUERN_STOP_MS: "500", QUERN_MAX_BODY_BYTES: "nonsense" },
      args: ["--max-body-bytes", "2048"],
    });
    try {
      const api = createApi({ url: quern.url, key: "from-dot-env-0123456789" });
      assert.equal((await api.get("/v1/nothing")).status, 404, "the key is that of .env");
      assert.equal((await api.extract({ url: "x".repeat(3000) })).status, 413, "the flag counts");
    } finally {
      await quern.stop();
    }
  });
});

test("bad usage is exit 2 with what is meant", async () => {
  const unknownFlag = await runQuern(["serve", "--prot", "80"]);
  assert.equal(unknownFlag.code, 2);
  assert.match(unknownFlag.stderr, /--prot/);
  assert.match(unknownFlag.stderr, /--port/);
  const unknownCommand = await runQuern(["srve"]);
  assert.equal(unknownCommand.code, 2);
  assert.match(unknownCommand.stderr, /serve/);
});

test("a port that is taken is exit 2 that names it", async () => {
  const first = await startQuern();
  try {
    const { port } = new URL(first.url);
    const run = await withTempFolder((dataDir) =>
      runQuern(["serve"], { env: { QUERN_DATA_DIR: dataDir, QUERN_PORT: port } }),
    );
    assert.equal(run.code, 2);
    assert.ok(run.stderr.includes(port), run.stderr);
  } finally {
    await first.stop();
  }
});
