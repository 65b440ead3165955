import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { startSite } from "../site/site.ts";
import { createApi } from "../support/api.ts";
import { networksOf } from "../support/lab.ts";
import { searchPath } from "../support/search-path.ts";
import { startInTerminal } from "../support/start-in-terminal.ts";
import { CHECKOUT, MAIN, startQuern, TEST_KEY } from "../support/start-quern.ts";
import { withTempFolder } from "../support/temp-folder.ts";
import { waitUntil } from "../support/wait-until.ts";

test("the first line on stdout says where Quern listens, in every log format, and a request is answered then", async () => {
  for (const format of ["auto", "json", "pretty"]) {
    const quern = await startQuern({ env: { QUERN_LOG_FORMAT: format } });
    const { status } = await createApi(quern).get("/health");
    await quern.stop();
    assert.match(quern.firstLine, /^Quern listens on http:\/\/127\.0\.0\.1:\d+$/, format);
    assert.equal(status, 200, format);
  }
});

test("QUERN_HOST may be an IPv6 address, and the first line can be pasted then too", async () => {
  const quern = await startQuern({ env: { QUERN_HOST: "::1" } });
  const { status } = await createApi(quern).get("/health");
  await quern.stop();
  assert.match(quern.firstLine, /^Quern listens on http:\/\/\[::1\]:\d+$/);
  assert.equal(status, 200);
});

test("then come the data folder and a curl line that works when pasted; logs go to stderr", async () => {
  const site = await startSite();
  const quern = await startQuern({ env: { QUERN_ALLOW_NETWORKS: networksOf(site) } });
  try {
    await waitUntil(() => /^\s*curl .*$/m.test(quern.stdout()), 2000);
    assert.ok(quern.stdout().includes(quern.dataDir));
    assert.ok(!quern.stdout().includes(TEST_KEY));
    const printed = /^\s*(curl .*)$/m.exec(quern.stdout())?.[1] ?? "";
    assert.ok(printed.includes("$QUERN_API_KEY"), printed);
    const line = printed.replace(/"url":\s*"[^"]+"/, `"url":"${site.url}/article"`);
    const { stdout } = await promisify(execFile)("sh", ["-c", line], {
      env: { PATH: searchPath(), QUERN_API_KEY: TEST_KEY },
      timeout: 20_000,
    });
    assert.match(stdout, /The mill turns again/);
    for (const entry of quern.stderr().trimEnd().split("\n")) {
      assert.equal(typeof JSON.parse(entry), "object", "a line of JSON where there is no terminal");
    }
  } finally {
    await quern.stop();
    await site.stop();
  }
});

test("off a terminal the first key is written to a file that only its owner reads, and its path is printed", async () => {
  await withTempFolder(async (dataDir) => {
    const quern = await startQuern({ dataDir, key: null });
    try {
      const path = join(dataDir, "first-key");
      await waitUntil(() => quern.stdout().includes(path), 2000);
      const key = (await readFile(path, "utf8")).trim();
      assert.equal((await stat(path)).mode & 0o777, 0o600);
      assert.equal((await createApi({ url: quern.url, key }).get("/v1/nothing")).status, 404);
      assert.ok(!(quern.stdout() + quern.stderr()).includes(key), "the key itself is not printed");
    } finally {
      await quern.stop();
    }
  });
});

test("the second start makes no other key, and the first one still works", async () => {
  await withTempFolder(async (dataDir) => {
    await (await startQuern({ dataDir, key: null })).stop();
    const key = (await readFile(join(dataDir, "first-key"), "utf8")).trim();
    const again = await startQuern({ dataDir, key: null });
    try {
      assert.equal((await createApi({ url: again.url, key }).get("/v1/nothing")).status, 404);
      assert.equal((await readFile(join(dataDir, "first-key"), "utf8")).trim(), key);
      await waitUntil(() => /^curl .*$/m.test(again.stdout()), 2000);
      assert.ok(again.stdout().includes(`$(cat '${join(dataDir, "first-key")}')`), again.stdout());
    } finally {
      await again.stop();
    }
  });
});

test("keys are stored as a hash alone", async () => {
  await withTempFolder(async (dataDir) => {
    const quern = await startQuern({ dataDir, key: null });
    const key = (await readFile(join(dataDir, "first-key"), "utf8")).trim();
    await quern.stop();
    for (const name of await readdir(dataDir)) {
      const path = join(dataDir, name);
      if (name === "first-key" || !(await stat(path)).isFile()) continue;
      assert.ok(!(await readFile(path, "latin1")).includes(key), name);
    }
  });
});

test("on a terminal the first key is shown, with a curl line that holds it", async (context) => {
  await withTempFolder(async (dataDir) => {
    const env = { QUERN_PORT: "0", QUERN_DATA_DIR: dataDir };
    const terminal = await startInTerminal({ args: [MAIN, "serve"], env, cwd: dataDir });
    if (terminal === null)
      return context.skip("script(1), which makes a terminal, is not on this machine");
    try {
      await waitUntil(() => /curl [^\r\n]*qn_[\w-]{20,}/.test(terminal.screen()), 10_000);
      assert.match(terminal.screen(), /^Quern listens on http:\/\/127\.0\.0\.1:\d+\r\n/);
      assert.ok(!(await readdir(dataDir)).includes("first-key"), "nothing is written");
    } finally {
      terminal.type(CTRL_C);
      await waitUntil(terminal.hasEnded, 10_000);
    }
  });
});

const CTRL_C = "\u0003";

test("npm start serves with its flags, and hands SIGTERM on", async () => {
  await withTempFolder(async (dataDir) => {
    const child = spawn("npm", ["start", "--", "--port", "0"], {
      cwd: CHECKOUT,
      env: { PATH: searchPath(), HOME: dataDir, QUERN_DATA_DIR: dataDir, QUERN_API_KEY: TEST_KEY },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    await waitUntil(() => /^Quern listens on .+\n/m.test(output), 30_000);
    const url = /^Quern listens on (\S+)$/m.exec(output)?.[1] ?? "";
    assert.equal((await createApi({ url, key: TEST_KEY }).get("/health")).status, 200);
    child.kill("SIGTERM");
    await waitUntil(() => child.exitCode !== null || child.signalCode !== null, 10_000);
    await assert.rejects(fetch(`${url}/health`), "the server is gone with npm");
  });
});
