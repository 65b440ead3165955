import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const SLOW = [
  { path: "/slow/hang", reason: "headers" },
  { path: "/slow/headers?ms=20000", reason: "headers" },
  { path: "/slow/hang-in-body", reason: "body" },
  { path: "/slow/drip", reason: "body" },
];

test("a target that is too slow is TIMEOUT with where it hung, when the request's time is over", async () => {
  await Promise.all(
    SLOW.map(async ({ path, reason }) => {
      const begin = performance.now();
      const { error } = readFailure(
        await lab.api.extract({ url: lab.site.url + path, timeout: 1500 }),
      );
      const ms = performance.now() - begin;
      assert.deepEqual([error.code, error.retryable], ["TIMEOUT", true], path);
      assert.ok([reason, "total"].includes(error.details?.["reason"] ?? ""), path);
      // Each of these pages takes 20 s and more: what ends before is ended by the request's time.
      assert.ok(ms >= 1400 && ms < 10_000, `${path}: ${ms.toFixed(0)} ms`);
    }),
  );
});

test("the timeout is for all tries together", async () => {
  const path = "/flaky?status=503&times=99&retry_after=1&key=timeouts";
  const { error } = readFailure(await lab.api.extract({ url: lab.site.url + path, timeout: 1500 }));
  assert.equal(error.code, "TEMPORARY_BLOCK", "the last try's failure is the answer");
  const visits = lab.site.requests.filter(({ target }) => target === path).length;
  // One at the start and one after a second; a time for each try would leave room for a third.
  assert.ok(visits === 1 || visits === 2, `${visits} visits`);
});

test("a slow page is read when there is time", async () => {
  for (const path of ["/slow/headers?ms=500", "/slow/body?parts=5&ms=100"]) {
    const body = { url: lab.site.url + path, formats: ["markdown"], timeout: 10_000 };
    const { metadata } = readPage(await lab.api.extract(body));
    assert.ok(metadata.duration_ms >= 450, path);
  }
});

test("a timed-out request's connection to the target is closed", async () => {
  lab.site.reset();
  readFailure(await lab.api.extract({ url: `${lab.site.url}/slow/hang?left`, timeout: 1000 }));
  const asked = lab.site.requests.find(({ target }) => target === "/slow/hang?left");
  // The site itself would end it after two minutes.
  await waitUntil(() => asked?.state === "left", 5000);
});
