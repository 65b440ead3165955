import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createLogger } from "../../../telemetry/create-logger.ts";
import { connectCdp } from "../cdp/cdp-connection.ts";
import type { Browser } from "./browser.ts";
import { BrowserKeeper, type KeeperLimits } from "./browser-keeper.ts";

const LIMITS: KeeperLimits = {
  idleMs: 60_000,
  maxAgeMs: 60_000,
  maxPages: 100,
  maxRendererBytes: 1000,
  maxBytes: 1500,
};

/** A keeper whose browsers are no processes: what it decides is what is looked at. */
function keep(limits: Partial<KeeperLimits> = {}) {
  const started: (Browser & { die(): void })[] = [];
  const keeper = new BrowserKeeper({
    limits: { ...LIMITS, ...limits },
    logger: createLogger({ level: "silent", format: "json" }),
    start: async () => {
      const browser = standIn(started.length + 1);
      started.push(browser);
      return browser;
    },
  });
  return { keeper, started };
}

function standIn(pid: number): Browser & { die(): void } {
  const ended = Promise.withResolvers<void>();
  let hasEnded = false;
  const die = (): void => {
    hasEnded = true;
    ended.resolve();
  };
  return {
    cdp: connectCdp({ commands: new PassThrough(), answers: new PassThrough() }),
    pid,
    startedAt: performance.now(),
    ended: ended.promise,
    get hasEnded() {
      return hasEnded;
    },
    readRenderers: async () => new Map(),
    endRenderer: () => undefined,
    rendererEndedAt: Number.NEGATIVE_INFINITY,
    die,
    end: async () => die(),
  };
}

test("one browser serves all pages, those that ask at once too", async () => {
  const { keeper, started } = keep();
  const leases = await Promise.all([keeper.take(), keeper.take(), keeper.take()]);
  assert.equal(started.length, 1);
  for (const lease of leases) lease.release();
  await keeper.stop();
  assert.ok(started[0]?.hasEnded);
});

test("a worn browser takes no new page, and ends with its last one", async () => {
  const { keeper, started } = keep({ maxPages: 2 });
  const [first, second] = [await keeper.take(), await keeper.take()];
  const third = await keeper.take();
  assert.notEqual(third.browser, first.browser);
  first.release();
  assert.equal(started[0]?.hasEnded, false);
  second.release();
  second.release();
  assert.equal(started[0]?.hasEnded, true);
  assert.equal(started[1]?.hasEnded, false);
  await keeper.stop();
});

test("a browser that died is replaced by the next page", async () => {
  const { keeper, started } = keep();
  const lease = await keeper.take();
  started[0]?.die();
  const next = await keeper.take();
  assert.equal(next.browser.pid, 2);
  lease.release();
  assert.equal(started[1]?.hasEnded, false);
  await keeper.stop();
});

test("without pages it ends after its time, and not while there is one", async () => {
  const { keeper, started } = keep({ idleMs: 20 });
  const lease = await keeper.take();
  await sleep(60);
  assert.equal(keeper.running, 1);
  lease.release();
  await started[0]?.ended;
  await keeper.stop();
});

test("a start that fails is told to its page, and the next page tries again", async () => {
  let starts = 0;
  const keeper = new BrowserKeeper({
    limits: LIMITS,
    logger: createLogger({ level: "silent", format: "json" }),
    start: async () => {
      starts += 1;
      if (starts === 1) throw new Error("no");
      return standIn(starts);
    },
  });
  await assert.rejects(keeper.take(), { message: "no" });
  assert.equal((await keeper.take()).browser.pid, 2);
  await keeper.stop();
});
