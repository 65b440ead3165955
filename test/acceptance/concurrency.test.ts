import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiAnswer } from "../support/api.ts";
import { createKey } from "../support/create-key.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage, readRefusal } from "../support/shapes.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  lab = await startLab({ QUERN_CONCURRENCY: "4", QUERN_KEY_CONCURRENCY: "2" });
});
after(() => lab.stop());

function extractWith(key: string, path: string, timeout: number): Promise<ApiAnswer> {
  return lab.api.send({
    method: "POST",
    path: "/v1/extract",
    key,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: lab.site.url + path, timeout }),
  });
}

const underWay = (path: string) =>
  lab.site.requests.filter(({ target, state }) => target === path && state === "open").length;

/** Calls whose pages the site answers only when it is told to. */
async function hold(key: string, path: string, count: number): Promise<Promise<ApiAnswer>[]> {
  const running = Array.from({ length: count }, () => extractWith(key, path, 60_000));
  await waitUntil(() => underWay(path) === count, 10_000);
  return running;
}

async function letGo(running: readonly Promise<ApiAnswer>[]): Promise<void> {
  lab.site.release();
  for (const answer of await Promise.all(running)) readPage(answer);
}

test("over the key's limit a sync call is refused at once with 429", async () => {
  const path = "/slow/held?key-limit";
  const running = await hold(lab.quern.key, path, 2);
  const refused = await extractWith(lab.quern.key, "/article", 10_000);
  assert.equal(underWay(path), 2, "not waited for a place");
  const { code, retryable } = readRefusal(refused, 429);
  assert.deepEqual([code, retryable], ["WORK_CONCURRENCY_LIMITED", true]);
  assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  await letGo(running);
  readPage(await extractWith(lab.quern.key, "/article", 10_000));
});

test("a key's own limit counts instead of QUERN_KEY_CONCURRENCY", async () => {
  const { key } = await createKey(lab.quern, "--concurrency", "1");
  const running = await hold(key, "/slow/held?own-limit", 1);
  readRefusal(await extractWith(key, "/article", 10_000), 429);
  await letGo(running);
});

test("with all places taken a sync call waits for one, and at most as long as its timeout", async () => {
  const keys = await Promise.all([1, 2].map(() => createKey(lab.quern, "--concurrency", "10")));
  const [first = "", second = ""] = keys.map(({ key }) => key);
  const running = await hold(first, "/slow/held?places", 4);
  const begin = performance.now();
  const patient = extractWith(second, "/article", 20_000);
  const hasty = await extractWith(second, "/article", 1000);
  const hastyMs = performance.now() - begin;
  const { code } = readRefusal(hasty, 429);
  assert.equal(code, "WORK_CONCURRENCY_LIMITED");
  // No place came free, and without its timeout it would have waited 10 s for one.
  assert.ok(hastyMs >= 900 && hastyMs < 8000, `${hastyMs.toFixed(0)} ms`);
  await letGo([...running, patient]);
});

test("the wait for a place is not part of the page's time", async () => {
  const { key } = await createKey(lab.quern, "--concurrency", "10");
  const running = await hold(key, "/slow/held?before", 4);
  const page = extractWith(key, "/slow/headers?ms=1200", 2500);
  // Together more than the timeout, each for itself less.
  await sleep(1500);
  await letGo(running);
  readPage(await page);
});

test("a caller that hangs up in the queue leaves it", async () => {
  const { key } = await createKey(lab.quern, "--concurrency", "10");
  const running = await hold(key, "/slow/held?queue", 4);
  const gone = lab.api.send({
    method: "POST",
    path: "/v1/extract",
    key,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: `${lab.site.url}/article?gone` }),
    signal: AbortSignal.timeout(300),
  });
  await assert.rejects(gone);
  await letGo(running);
  readPage(await extractWith(key, "/article?after", 10_000));
  assert.equal(lab.site.requests.filter(({ target }) => target === "/article?gone").length, 0);
});

test("QUERN_HOST_CONCURRENCY and QUERN_HOST_DELAY_MS hold back one host's pages", async () => {
  const slow = await startLab({ QUERN_HOST_CONCURRENCY: "2", QUERN_HOST_DELAY_MS: "200" });
  try {
    const paths = [1, 2, 3, 4, 5].map((number) => `/slow/headers?ms=100&host=${number}`);
    await Promise.all(
      paths.map(async (path) => readPage(await slow.api.extract({ url: slow.site.url + path }))),
    );
    const times = slow.site.requests.map(({ at }) => at).toSorted((one, other) => one - other);
    assert.equal(times.length, 5);
    // From the first to the last: a busy machine may see two of them close together.
    const spread = (times.at(-1) ?? 0) - (times[0] ?? 0);
    assert.ok(spread > 600, `${spread.toFixed(0)} ms for five requests`);
  } finally {
    await slow.stop();
  }
});
