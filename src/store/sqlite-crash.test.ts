import assert from "node:assert/strict";
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import {
  completed,
  ENDED_AT,
  EXPIRES_AT,
  everythingOf,
  jobError,
} from "../../test/support/store-compliance/sample-jobs.ts";
import { withTempFolder } from "../../test/support/temp-folder.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

const RUN_JOBS = join(import.meta.dirname, "../../test/support/run-jobs.ts");
const PATIENCE_MS = 20_000;

test("after kill -9 every accepted job is there, ended once or open, and charged as it ended", async () => {
  await withTempFolder(async (dataDir) => {
    const told = { accepted: new Set<string>(), ended: new Set<string>(), failed: "" };
    for (let life = 0; life < 3; life += 1) {
      const child = fork(RUN_JOBS, [dataDir]);
      listen(child, told);
      const goal = told.ended.size + 100;
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (told.ended.size < goal) await once(child, "message", { signal });
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    await checkAndFinish(dataDir, told);
  });
});

test("when the disk is full jobs answer UNAVAILABLE, and none that was accepted is lost", async () => {
  await withTempFolder(async (dataDir) => {
    // In blocks of 512 bytes: no file may grow over 1 MiB.
    const command = `ulimit -f 2048; exec '${process.execPath}' '${RUN_JOBS}' '${dataDir}'`;
    const child = spawn("sh", ["-c", command], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const told = { accepted: new Set<string>(), ended: new Set<string>(), failed: "" };
    listen(child, told);
    await once(child, "exit", { signal: AbortSignal.timeout(PATIENCE_MS) });
    assert.match(told.failed, /^UNAVAILABLE: .*(the disk is full|the disk reports an error)/);
    assert.ok(told.ended.size > 10);
    await checkAndFinish(dataDir, told);
  });
});

interface Told {
  readonly accepted: Set<string>;
  readonly ended: Set<string>;
  failed: string;
}

function listen(child: ChildProcess, told: Told): void {
  child.on("message", (message) => {
    const { accepted, ended, failed } = Object(message);
    if (accepted) told.accepted.add(String(accepted));
    if (ended) told.ended.add(String(ended));
    if (failed) told.failed = String(failed);
  });
}

/** What the dead left is taken back and brought to its end, and then everything adds up. */
async function checkAndFinish(dataDir: string, told: Told): Promise<void> {
  const store = await openStore({ dataDir, role: "server" });
  try {
    for (const id of told.ended) assert.equal(await statusOf(store, id), "completed");
    await finishAll(store);
    for (const id of told.accepted) assert.equal(await statusOf(store, id), "completed");
    const { total } = await store.jobs.list(everythingOf("a", { status: "completed" }));
    assert.ok(total >= told.accepted.size);
    const days = await store.usage.listDays({ account: "a", ...ALWAYS });
    const charged = days.reduce((sum, { tokens }) => sum + tokens, 0);
    assert.equal(charged, total, "each is charged once");
    assert.equal(await store.jobs.countOpen(), 0);
    assert.deepEqual(await store.check(), []);
  } finally {
    await store.stop();
  }
}

async function finishAll({ work }: Store): Promise<void> {
  const poison = { error: jobError("INTERNAL_ERROR"), at: ENDED_AT, resultExpiresAt: EXPIRES_AT };
  await work.reclaim({ maxDeaths: 100, limit: 1000, poison });
  await work.enlist("heir", 60_000);
  const waiting = await work.listWaiting({ keyId: "k", fullHosts: [], limit: 1000 });
  const claims = await work.claim(
    "heir",
    waiting.map(({ id }) => id),
  );
  for (const claim of claims) assert.equal(await work.finish(claim, completed()), true);
}

async function statusOf({ jobs }: Store, id: string): Promise<string | undefined> {
  const job = await jobs.find({ id, account: "a" });
  const events = await jobs.listEvents(id, 0);
  assert.equal(events.length, job?.version, "no event is missing or doubled");
  return job?.status;
}

const ALWAYS = { from: new Date(0), to: new Date(Date.UTC(2100, 0, 1)) };
