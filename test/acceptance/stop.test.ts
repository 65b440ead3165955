import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Lab, withLab } from "../support/lab.ts";
import { readHealth, readPage, readRefusal } from "../support/shapes.ts";
import { startQuern } from "../support/start-quern.ts";
import { waitUntil } from "../support/wait-until.ts";

const isAsked = (lab: Lab, path: string) => lab.site.requests.some(({ target }) => target === path);

/** What ends before this long has not waited for it. */
const LONG_STOP = { QUERN_STOP_MS: "60000" };
/** Far below that, and far above what a busy machine adds. */
const AT_ONCE_MS = 10_000;

/** A page whose reading will be cut off. */
const readInVain = (lab: Lab, path: string) =>
  lab.api.extract({ url: lab.site.url + path }).catch((error: unknown) => error);

test("SIGTERM and SIGINT end an idle server at once with exit 0", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const quern = await startQuern({ env: LONG_STOP });
    const begin = performance.now();
    quern.signal(signal);
    assert.deepEqual(await quern.exit, { code: 0, signal: null }, signal);
    assert.ok(performance.now() - begin < AT_ONCE_MS, signal);
    await quern.stop();
  }
});

test("while it stops, running work ends with its answer, new work gets 503 with Retry-After, health says so", async () => {
  await withLab(LONG_STOP, async (lab) => {
    const path = "/slow/held";
    const running = lab.api.extract({ url: lab.site.url + path });
    await waitUntil(() => isAsked(lab, path), 5000);
    lab.quern.signal("SIGTERM");
    const askHealth = () => lab.api.send({ path: "/health", key: null });
    await waitUntil(async () => (await askHealth()).status === 503, 5000);
    const health = await askHealth();
    assert.equal(readHealth(health, 503).status, "unavailable");
    assert.equal(health.headers.get("retry-after"), null, "never on /health");
    const refused = await lab.api.extract({ url: `${lab.site.url}/article` });
    const { code, retryable } = readRefusal(refused, 503);
    assert.deepEqual([code, retryable], ["UNAVAILABLE", true]);
    assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
    lab.site.release();
    readPage(await running);
    assert.deepEqual(await lab.quern.exit, { code: 0, signal: null });
  });
});

test("work that outlasts QUERN_STOP_MS is ended, exit 0", async () => {
  await withLab({ QUERN_STOP_MS: "700" }, async (lab) => {
    const running = readInVain(lab, "/slow/hang");
    await waitUntil(() => isAsked(lab, "/slow/hang"), 5000);
    const begin = performance.now();
    lab.quern.signal("SIGTERM");
    assert.deepEqual(await lab.quern.exit, { code: 0, signal: null });
    const ms = performance.now() - begin;
    assert.ok(ms >= 600 && ms < AT_ONCE_MS, `${ms.toFixed(0)} ms`);
    await running;
  });
});

test("a second signal ends at once, but not within half a second of the first", async () => {
  await withLab(LONG_STOP, async (lab) => {
    const running = readInVain(lab, "/slow/hang");
    await waitUntil(() => isAsked(lab, "/slow/hang"), 5000);
    lab.quern.signal("SIGINT");
    await sleep(100);
    // A terminal's Ctrl-C comes twice: from the terminal and from npm.
    lab.quern.signal("SIGINT");
    await sleep(700);
    assert.equal((await lab.api.get("/health")).status, 503, "still stopping in good order");
    const begin = performance.now();
    lab.quern.signal("SIGINT");
    await lab.quern.exit;
    assert.ok(performance.now() - begin < AT_ONCE_MS);
    await running;
  });
});
