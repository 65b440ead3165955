import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { withTempFolder } from "../../../../test/support/temp-folder.ts";
import { makeBrowserFolder, sweepBrowserFolders } from "./browser-folder.ts";
import { markProcess } from "./process-facts.ts";

/** As if the server that owns it had been killed: its number belongs to nobody who started then. */
async function abandon(path: string): Promise<void> {
  const file = join(path, "owner.json");
  const owner = JSON.parse(await readFile(file, "utf8"));
  owner.server.startedAt = "1";
  await writeFile(file, JSON.stringify(owner));
}

test("folders of servers that run are left alone, others are removed with their browser", async () => {
  await withTempFolder(async (parent) => {
    const ours = await makeBrowserFolder(parent);
    const left = await makeBrowserFolder(parent);
    const browser = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
    await once(browser, "spawn");
    await left.note(markProcess(browser.pid ?? 0));
    await abandon(left.path);
    const ended = once(browser, "exit");
    await sweepBrowserFolders(parent);
    assert.deepEqual(await ended, [null, "SIGKILL"]);
    assert.deepEqual(
      (await readdir(parent)).map((name) => join(parent, name)),
      [ours.path],
    );
    await ours.remove();
    assert.deepEqual(await readdir(parent), []);
  });
});

test("a number that belongs to another process by now ends nobody", async () => {
  await withTempFolder(async (parent) => {
    const left = await makeBrowserFolder(parent);
    const stranger = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
    await once(stranger, "spawn");
    await left.note({ pid: stranger.pid ?? 0, startedAt: "1" });
    await abandon(left.path);
    await sweepBrowserFolders(parent);
    assert.equal(stranger.exitCode ?? stranger.signalCode, null);
    assert.deepEqual(await readdir(parent), []);
    stranger.kill("SIGKILL");
  });
});

test("a folder without an owner is left to whoever makes it just now", async () => {
  await withTempFolder(async (parent) => {
    const folder = await makeBrowserFolder(parent);
    await writeFile(join(folder.path, "owner.json"), "{");
    await sweepBrowserFolders(parent);
    assert.equal((await readdir(parent)).length, 1);
  });
});
