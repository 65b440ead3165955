import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const visitsOf = (path: string) => lab.site.requests.filter(({ target }) => target === path);

/** Failures that pass: the page is tried again and then read. */
const PASSING = [
  { path: "/flaky?status=500&key=1", retries: 1 },
  { path: "/flaky?status=502&key=1", retries: 1 },
  { path: "/flaky?status=503&times=2&key=1", retries: 2 },
  { path: "/flaky?status=429&key=1", retries: 1 },
  { path: "/flaky?status=403&key=1", retries: 1 },
  { path: "/flaky/reset?key=1", retries: 1 },
  { path: "/flaky/reset?times=2&key=2", retries: 2 },
];

test("what may pass is tried again, and retry_count says how often", async () => {
  await Promise.all(
    PASSING.map(async ({ path, retries }) => {
      const { metadata } = readPage(await lab.api.extract({ url: lab.site.url + path }));
      assert.equal(metadata.http_status, 200);
      assert.equal(visitsOf(path).length, retries + 1);
      // A connection that was idle may break for itself: asking anew on a fresh one is no retry of the page.
      const least = path.startsWith("/flaky/reset") ? 0 : retries;
      const { retry_count } = metadata;
      assert.ok(retry_count >= least && retry_count <= retries, `${path}: ${retry_count}`);
    }),
  );
});

/** Failures that stay: how they end, and after how many tries. */
const LASTING = [
  { path: "/status/500", code: "TEMPORARY_BLOCK", retryable: true, tries: 3 },
  { path: "/status/503?empty=1", code: "TEMPORARY_BLOCK", retryable: true, tries: 3 },
  { path: "/status/429", code: "RATE_LIMITED", retryable: true, tries: 3 },
  { path: "/broken/reset", code: "NETWORK_ERROR", retryable: true, tries: 3 },
  { path: "/broken/close", code: "NETWORK_ERROR", retryable: true, tries: 3 },
  { path: "/broken/reset-in-body", code: "NETWORK_ERROR", retryable: true, tries: 3 },
  { path: "/broken/chunks-cut", code: "NETWORK_ERROR", retryable: true, tries: 3 },
  { path: "/broken/no-http", code: "NETWORK_ERROR", retryable: true, tries: 3 },
  { path: "/status/403", code: "PERMANENT_BLOCK", retryable: false, tries: 2 },
  { path: "/status/451", code: "PERMANENT_BLOCK", retryable: false, tries: 2 },
  { path: "/status/401", code: "AUTH_REQUIRED", retryable: false, tries: 1 },
  { path: "/status/407", code: "AUTH_REQUIRED", retryable: false, tries: 1 },
  { path: "/status/404", code: "UNPROCESSABLE_CONTENT", retryable: false, tries: 1 },
  { path: "/status/410", code: "UNPROCESSABLE_CONTENT", retryable: false, tries: 1 },
  { path: "/status/418", code: "UNPROCESSABLE_CONTENT", retryable: false, tries: 1 },
];

test("what lasts fails with the contract's code after the contract's tries", async () => {
  await Promise.all(
    LASTING.map(async ({ path, code, retryable, tries }) => {
      const { error } = readFailure(await lab.api.extract({ url: lab.site.url + path }));
      assert.deepEqual([error.code, error.retryable], [code, retryable], path);
      const visits = visitsOf(path).length;
      // See above: each try may have begun on a connection that had been idle.
      const most = code === "NETWORK_ERROR" ? tries * 2 : tries;
      assert.ok(visits >= tries && visits <= most, `${path}: ${visits} visits`);
    }),
  );
});

test("the target's status is named: as the reason of a 4xx, as http_status of a block", async () => {
  const [missing, broken] = await Promise.all(
    ["/status/404?named", "/status/502?named"].map(async (path) =>
      readFailure(await lab.api.extract({ url: lab.site.url + path })),
    ),
  );
  assert.equal(missing?.error.details?.["reason"], "http_404");
  assert.equal(broken?.error.details?.["http_status"], "502");
});

test("a broken connection names its reason", async () => {
  const { error } = readFailure(await lab.api.extract({ url: `${lab.site.url}/broken/reset?why` }));
  assert.equal(error.details?.["reason"], "reset");
});

test("nobody listening is NETWORK_ERROR connect", async () => {
  const closed = await startLab({ QUERN_ALLOW_NETWORKS: "127.0.0.1/32:1024-65535" });
  try {
    const port = new URL(closed.site.url).port;
    await closed.site.stop();
    const url = `http://127.0.0.1:${port}/`;
    const { error } = readFailure(await closed.api.extract({ url, timeout: 5000 }));
    assert.deepEqual([error.code, error.details?.["reason"]], ["NETWORK_ERROR", "connect"]);
    assert.equal(error.retryable, true);
  } finally {
    await closed.quern.stop();
  }
});

test("a certificate that nobody trusts is NETWORK_ERROR tls, tried once", async () => {
  lab.site.reset();
  const { error } = readFailure(await lab.api.extract({ url: `${lab.site.httpsUrl}/article` }));
  assert.deepEqual([error.code, error.details?.["reason"]], ["NETWORK_ERROR", "tls"]);
  assert.equal(error.retryable, false);
  assert.equal(lab.site.requests.length, 0, "nothing was sent");
});

test("Retry-After of the target is obeyed, as seconds and as a date", async () => {
  await Promise.all(
    ["/flaky?status=429&retry_after=2&key=3", "/flaky?status=503&retry_after=2&key=3"]
      .concat("/flaky/date?key=3")
      .map(async (path) => {
        readPage(await lab.api.extract({ url: lab.site.url + path }));
        const [first, second] = visitsOf(path);
        const waitedMs = (second?.at ?? 0) - (first?.at ?? 0);
        // A date has whole seconds: what is left of two may be little more than one.
        const leastMs = path.includes("date") ? 950 : 1950;
        // The page was read, so that it was not more than the request's 30 s.
        assert.ok(waitedMs >= leastMs, `${path}: ${waitedMs.toFixed(0)} ms`);
      }),
  );
});

test("a Retry-After beyond the time that is left ends the tries: the last failure is the answer", async () => {
  const path = "/flaky?status=429&retry_after=60&key=4";
  const begin = performance.now();
  const body = { url: lab.site.url + path, timeout: 50_000 };
  const { error } = readFailure(await lab.api.extract(body));
  assert.equal(error.code, "RATE_LIMITED");
  assert.equal(visitsOf(path).length, 1);
  // It is told now and not when the 50 s are over.
  assert.ok(performance.now() - begin < 20_000);
});

test("tries wait between each other, not longer than the back-off allows", async () => {
  const path = "/flaky?status=503&times=2&key=5";
  readPage(await lab.api.extract({ url: lab.site.url + path }));
  const times = visitsOf(path).map(({ at }) => at);
  const wholeMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  // At most 1.5 s are waited; the rest is for three visits on a busy machine.
  assert.ok(wholeMs < 500 + 1000 + 10_000, `${wholeMs.toFixed(0)} ms for two waits`);
});

const STILL_READ = ["http-1-0", "early-hints"];

test("answers that are odd but allowed are read", async () => {
  for (const name of STILL_READ) {
    const body = { url: `${lab.site.url}/broken/${name}`, formats: ["markdown"] };
    const { data } = readPage(await lab.api.extract(body));
    assert.match(data.markdown ?? "", /Broken on the way/, name);
  }
});
