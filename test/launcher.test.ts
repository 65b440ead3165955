import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { npmEnvironment } from "./support/npm-environment.ts";
import { searchPath } from "./support/search-path.ts";
import { CHECKOUT, MAIN } from "./support/start-quern.ts";
import { withTempFolder } from "./support/temp-folder.ts";

const LAUNCHER = join(CHECKOUT, "bin/quern.js");

/** An old Node of this machine: the one that npm runs on, where that is old. */
async function findOldNode(): Promise<string | null> {
  const node = npmEnvironment()["npm_node_execpath"] ?? "/usr/bin/node";
  try {
    const { stdout } = await promisify(execFile)(node, ["--version"]);
    return Number(/^v(\d+)/.exec(stdout)?.[1]) < 26 ? node : null;
  } catch {
    return null;
  }
}

const oldNode = await findOldNode();

test("an old Node finds the one of the checkout, hands arguments on and exit codes back", async (context) => {
  if (oldNode === null) return context.skip("this machine has no old Node");
  const { stdout } = await promisify(execFile)(oldNode, [LAUNCHER, "--version"]);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  await assert.rejects(promisify(execFile)(oldNode, [LAUNCHER, "nonsense"]), { code: 2 });
});

test("an old Node hands signals on", async (context) => {
  if (oldNode === null) return context.skip("this machine has no old Node");
  await withTempFolder(async (folder) => {
    const child = spawn(oldNode, [LAUNCHER, "serve", "--port", "0"], {
      cwd: folder,
      env: { PATH: searchPath() },
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    const [code, signal] = await once(child, "exit");
    assert.deepEqual([code, signal], [0, null], "an orderly stop");
  });
});

test("an old Node that finds no other says what to do", async (context) => {
  if (oldNode === null) return context.skip("this machine has no old Node");
  await withTempFolder(async (folder) => {
    await mkdir(join(folder, "bin"));
    await copyFile(LAUNCHER, join(folder, "bin/quern.js"));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    const run = promisify(execFile)(oldNode, [join(folder, "bin/quern.js")]);
    await assert.rejects(run, { code: 1, stderr: /Node 26 or newer is needed, and this is v\d/ });
  });
});

test("the launcher works through the link that npm makes", async () => {
  await withTempFolder(async (folder) => {
    await symlink(LAUNCHER, join(folder, "quern"));
    const run = await promisify(execFile)(process.execPath, [join(folder, "quern"), "--version"]);
    assert.match(run.stdout, /^\d+\.\d+\.\d+\n$/);
  });
});

test("when nobody reads the output any more a command ends quietly, and a server goes on", async () => {
  await withTempFolder(async (folder) => {
    const shell = (command: string) =>
      promisify(execFile)("sh", ["-c", command], {
        cwd: folder,
        env: { PATH: searchPath(), QUERN_PORT: "0" },
        timeout: 20_000,
      });
    const quern = `'${process.execPath}' '${MAIN}'`;
    const help = await shell(`${quern} help serve | head -1`);
    assert.deepEqual(
      [help.stdout, help.stderr],
      ["quern serve [--port N] [--data-dir DIR] …\n", ""],
    );

    const server = spawn(process.execPath, [MAIN, "serve"], {
      cwd: folder,
      env: { QUERN_PORT: "0" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = await once(server.stdout, "data");
    server.stdout.destroy();
    const url = /listens on (\S+)/.exec(String(line))?.[1] ?? "";
    assert.equal((await fetch(`${url}/health`)).status, 200);
    server.kill("SIGTERM");
    assert.deepEqual(await once(server, "exit"), [0, null]);
  });
});
