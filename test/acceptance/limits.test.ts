import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { HEAVY_PAGES } from "../site/routes/heavy-pages.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

test("a page larger than QUERN_MAX_PAGE_BYTES is too_large", async () => {
  for (const path of ["/heavy/huge?count=100000", "/broken/endless-body"]) {
    const { error } = readFailure(await lab.api.extract({ url: lab.site.url + path }));
    assert.deepEqual(
      [error.code, error.details?.["reason"]],
      ["UNPROCESSABLE_CONTENT", "too_large"],
      path,
    );
  }
});

/** What takes seconds is asked for in a smaller size, which is hostile enough. */
const SMALLER: Readonly<Record<string, number>> = {
  "/heavy/huge": 10_000,
  "/heavy/references": 200_000,
  "/heavy/rows": 20_000,
  "/heavy/links": 20_000,
};
const HEAVY = HEAVY_PAGES.map(({ path }) =>
  path in SMALLER ? `${path}?count=${SMALLER[path]}` : path,
);

test("heavy pages are read or refused in time, and health answers meanwhile", async () => {
  const slowest = watchHealth();
  for (let index = 0; index < HEAVY.length; index += 2) {
    await Promise.all(HEAVY.slice(index, index + 2).map(readHeavy));
  }
  // Two busy cores are shared with parse threads and with the site, so a pulse may be late, never gone.
  const ms = await slowest.stop();
  assert.ok(ms < 10_000, `/health took ${ms.toFixed(0)} ms`);
});

test("while a page is parsed for seconds, health and other pages are answered", async () => {
  const target = "/heavy/references?count=300000";
  let isOver = false;
  const heavy = readHeavy(target).then(() => {
    isOver = true;
  });
  const isServed = () =>
    lab.site.requests.some((request) => request.target === target && request.state === "answered");
  await waitUntil(isServed, 20_000);
  for (let round = 0; round < 3; round++) {
    assert.equal((await lab.api.get("/health")).status, 200);
    readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  }
  assert.equal(isOver, false, "the heavy page's turn came last");
  await heavy;
});

async function readHeavy(path: string): Promise<void> {
  const answer = await lab.api.extract({
    url: lab.site.url + path,
    formats: ["markdown"],
    extract_links: true,
    timeout: 30_000,
  });
  if (answer.status === 200) {
    const { data } = readPage(answer);
    const length = (data.markdown ?? "").length;
    assert.ok(length < 40 * 2 ** 20, `${path}: ${length} characters of Markdown`);
    return;
  }
  const { error } = readFailure(answer);
  assert.equal(error.code, "UNPROCESSABLE_CONTENT", `${path}: ${answer.text}`);
}

function watchHealth() {
  let isOver = false;
  let slowest = 0;
  const done = (async () => {
    while (!isOver) {
      const begin = performance.now();
      assert.equal((await lab.api.get("/health")).status, 200);
      slowest = Math.max(slowest, performance.now() - begin);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await done;
      return slowest;
    },
  };
}

test("memory is bounded after heavy pages, and an ordinary page is read", async () => {
  const body = { url: `${lab.site.url}/article`, formats: ["markdown"], timeout: 5000 };
  readPage(await lab.api.extract(body));
  const status = readFileSync(`/proc/${lab.quern.pid}/status`, "utf8");
  const peakMiB = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  assert.ok(peakMiB < 2048, `${peakMiB.toFixed(0)} MiB at most`);
});

test("headers of the target that are too many or too large are NETWORK_ERROR headers_too_large", async () => {
  await Promise.all(
    ["header-flood", "one-huge-header"].map(async (name) => {
      const url = `${lab.site.url}/broken/${name}`;
      const { error } = readFailure(await lab.api.extract({ url, timeout: 8000 }));
      assert.deepEqual(
        [error.code, error.details?.["reason"]],
        ["NETWORK_ERROR", "headers_too_large"],
        name,
      );
    }),
  );
});
