import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runCrashes } from "../support/crash/run-crashes.ts";
import {
  askFor,
  type CrashLab,
  expectAccepted,
  withCrashLab,
} from "../support/crash/with-crash-lab.ts";
import { limitFileSize } from "../support/limit-file-size.ts";
import { readRefusal } from "../support/shapes.ts";
import { createSteppedClock } from "../support/stepped-clock.ts";
import { withTempFolder } from "../support/temp-folder.ts";
import { waitUntil } from "../support/wait-until.ts";

test("ten kills of the process group lose no accepted job, double none, and charge each page once", async () => {
  const report = await runCrashes({ kills: 10, jobs: 120, seed: 5, timeoutMs: 200_000 });
  assert.deepEqual(report.faults, [], `seed ${report.seed}`);
  assert.ok(report.answers.accepted > 20, JSON.stringify(report));
});

test("SIGTERM in mid-work gives running jobs back: they complete after the next start, and no death is counted", async () => {
  // The first death would be the last.
  await withCrashLab({ QUERN_STOP_MS: "300", QUERN_MAX_ATTEMPTS: "1" }, async (lab) => {
    const ids = await startWork(lab, ["/slow/headers?ms=3000&n=1", "/slow/headers?ms=3000&n=2"]);
    lab.quern().signal("SIGTERM");
    assert.deepEqual(await lab.quern().exit, { code: 0, signal: null });
    await lab.restart();
    assert.deepEqual(await lab.settle(ids), ["completed", "completed"]);
    assert.equal(lab.site.requests.length, 4, "each was begun twice");
  });
});

test("a server that stood still for longer than its lease ends each job once and charges it once", async () => {
  await withCrashLab({ QUERN_LEASE_MS: "1000" }, async (lab) => {
    // One page comes while nobody listens, the other is still to come.
    const ids = await startWork(lab, ["/slow/headers?ms=1500", "/slow/headers?ms=5000"]);
    lab.quern().signal("SIGSTOP");
    await sleep(3000);
    lab.quern().signal("SIGCONT");
    assert.deepEqual(await lab.settle(ids), ["completed", "completed"]);
    assert.ok(lab.site.requests.length > 2, "the lease was over: what ran was begun anew");
  });
});

test("on a full disk submissions are 503 and reads go on; with room again everything accepted is done", async () => {
  await withCrashLab({}, async (lab) => {
    const first = await lab.submit("/page/0");
    await limitFileSize(lab.quern().pid, (await largestFileOf(lab)) + ROOM_BYTES);
    const { ids, refusal } = await submitUntilRefused(lab);
    const { code, retryable } = readRefusal(refusal, 503);
    assert.deepEqual([code, retryable], ["UNAVAILABLE", true]);
    assert.match(refusal.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
    assert.equal((await lab.api().get(`/v1/extract/${first}`)).status, 200);
    await limitFileSize(lab.quern().pid, null);
    await waitUntil(async () => {
      const answer = await askFor(lab, "/page/last");
      if (answer.status === 202) ids.push(expectAccepted(answer));
      return answer.status === 202;
    }, 20_000);
    const statuses = await lab.settle([first, ...ids]);
    assert.deepEqual(new Set(statuses), new Set(["completed"]));
  });
});

test("steps of the clock, forward and back, take no job from its worker", async () => {
  await withTempFolder(async (folder) => {
    const clock = createSteppedClock(folder);
    await withCrashLab({ ...clock.env, QUERN_MAX_ATTEMPTS: "1" }, async (lab) => {
      const ids = await startWork(lab, ["/slow/headers?ms=2000&n=1", "/slow/headers?ms=2000&n=2"]);
      clock.step("+6h");
      ids.push(await lab.submit("/page/1"));
      await sleep(500);
      clock.step("-6h");
      ids.push(await lab.submit("/page/2"));
      // Statistics tell of what is past.
      await waitUntil(() => lab.site.requests.length === ids.length, 20_000);
      await sleep(2500);
      clock.step("+1d");
      assert.deepEqual(new Set(await lab.settle(ids)), new Set(["completed"]));
      assert.equal(lab.site.requests.length, ids.length, "each was begun once");
    });
  });
});

/** Submits them all and waits until the site was asked for each. */
async function startWork(lab: CrashLab, paths: readonly string[]): Promise<string[]> {
  const ids = await Promise.all(paths.map((path) => lab.submit(path)));
  await waitUntil(() => lab.site.requests.length === paths.length, 20_000);
  return ids;
}

const ROOM_BYTES = 128 * 1024;
const MOST_SUBMISSIONS = 1000;

async function largestFileOf(lab: CrashLab): Promise<number> {
  const files = ["quern.db", "quern.db-wal"].map((name) => join(lab.quern().dataDir, name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return Math.max(...sizes);
}

async function submitUntilRefused(lab: CrashLab) {
  const ids: string[] = [];
  for (let number = 1; number < MOST_SUBMISSIONS; number += 1) {
    const answer = await askFor(lab, `/page/${number}`);
    if (answer.status !== 202) return { ids, refusal: answer };
    ids.push(expectAccepted(answer));
  }
  throw new Error(`${MOST_SUBMISSIONS} jobs were accepted in ${ROOM_BYTES} bytes`);
}
