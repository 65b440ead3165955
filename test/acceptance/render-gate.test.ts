import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { ATTACKS, attackScript } from "../support/browser-attacks.ts";
import { type Canary, startCanary } from "../support/canary.ts";
import { findChromium } from "../support/find-chromium.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
let canary: Canary;
before(async () => {
  lab = await startLab();
  canary = await startCanary();
});
after(async () => {
  await lab.stop();
  await canary.stop();
});

function render(path: string, fields: Readonly<Record<string, unknown>> = {}) {
  return lab.api.extract({ url: lab.site.url + path, render_js: true, ...fields });
}

/** A page of the site whose script this is. */
function pageThatRuns(script: string): string {
  return `/render/runs?script=${encodeURIComponent(script)}`;
}

test("nothing that a rendered page tries reaches an address that may not be asked", async () => {
  canary.forget();
  const page = pageThatRuns(attackScript(canary.port));
  const { data, metadata } = readPage(
    await render(page, { wait_config: { wait_for: "main" }, explain: true }),
  );
  assert.match(data.html ?? "", /All tried/);
  assert.match(JSON.stringify(metadata.explain), /[1-9]\d* refused/);
  assert.deepEqual([...canary.seen], []);
});

test("the same page without the gate reaches it in every way: a test of the test", async () => {
  canary.forget();
  // Tests run as root in containers, where the sandbox is not to be had; the page is our own.
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    chromiumSandbox: false,
  });
  try {
    const page = await browser.newPage();
    await page.goto(lab.site.url + pageThatRuns(attackScript(canary.port)));
    await page.waitForSelector("main");
  } finally {
    await browser.close();
  }
  const missed = ATTACKS.filter(({ name }) => !canary.seen.has(name)).map(({ name }) => name);
  assert.deepEqual(missed, []);
});

test("a rendered page that leads to a forbidden address is INVALID_URL that does not say where", async () => {
  canary.forget();
  const forbidden = `http://127.0.0.1:${canary.port}/secret`;
  const ways = [
    `/redirect?to=${encodeURIComponent(forbidden)}`,
    pageThatRuns(`location.href = ${JSON.stringify(forbidden)}`),
  ];
  for (const way of ways) {
    const failure = readFailure(await render(way, { wait_config: { wait_timeout: 1000 } }));
    assert.equal(failure.code, "INVALID_URL", way);
    assert.match(failure.details?.["reason"] ?? "", /^(address|port)_not_allowed$/, way);
    assert.doesNotMatch(failure.message, /127|secret/);
  }
  assert.deepEqual([...canary.seen], []);
});

test("a rendered page can't lead its tab to a file or into the browser itself", async () => {
  for (const target of ["file:///etc/passwd", "chrome://version/", "data:text/html,<p>data</p>"]) {
    const answer = await render(pageThatRuns(`location.href = ${JSON.stringify(target)}`), {
      wait_config: { wait_timeout: 500 },
    });
    const { data, metadata } = readPage(answer);
    assert.match(metadata.response.final_url, /^http:\/\/127\.0\.0\.1:\d+\/render\/runs/);
    assert.match(data.html ?? "", /Shown by the page itself/);
    assert.doesNotMatch(data.html ?? "", /root:x:0/);
  }
  const redirect = readFailure(
    await render(`/redirect?to=${encodeURIComponent("file:///etc/passwd")}`),
  );
  assert.deepEqual([redirect.code, redirect.details?.["reason"]], ["INVALID_URL", "redirect"]);
});

test("allowed origins are reached through the gate: frames, fetch and WebSocket alike", async () => {
  const other = lab.site.otherUrl;
  const script = `fetch("${other}/render/echo").then((r) => r.text()).then((text) => {
    const socket = new WebSocket("${other.replace("http", "ws")}/none");
    socket.onerror = () => show("<p>fetched " + text + "</p>"); });`;
  const page = await render(pageThatRuns(script), { wait_config: { wait_for: "main" } });
  assert.match(readPage(page).data.html ?? "", /fetched test=none/);
});
