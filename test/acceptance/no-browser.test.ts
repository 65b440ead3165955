import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { runQuern } from "../support/run-quern.ts";
import { readHealth, readPage, readRefusal } from "../support/shapes.ts";
import { withTempFolder } from "../support/temp-folder.ts";

const NO_BROWSER = { QUERN_BROWSER_PATH: "/nonexistent/chromium" };

let lab: Lab;
before(async () => {
  lab = await startLab(NO_BROWSER);
});
after(() => lab.stop());

const NEEDS_ONE = [
  { render_js: true },
  { wait_config: { wait_until: "load" } },
  { processing_mode: "async", render_js: true },
  { processing_mode: "async", wait_config: { wait_for: "main" } },
];

test("without a browser, rendering answers 503 UNAVAILABLE that names the setting, sync and async, and asks for no page", async () => {
  lab.site.reset();
  for (const fields of NEEDS_ONE) {
    const what = JSON.stringify(fields);
    const answer = await lab.api.extract({ url: `${lab.site.url}/article`, ...fields });
    const { code, message } = readRefusal(answer, 503);
    assert.equal(code, "UNAVAILABLE", what);
    assert.match(message, /QUERN_BROWSER_PATH/, what);
    assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/, what);
  }
  assert.equal(lab.site.requests.length, 0);
});

test("without a browser, auto reads what needs none, and what needs one fails INTERNAL_ERROR no_browser, tried once", async () => {
  const auto = { render_js: "auto", formats: ["markdown"] };
  const page = await lab.api.extract({ url: `${lab.site.url}/article`, ...auto });
  assert.equal(readPage(page).metadata.render_js, false);
  lab.site.reset();
  const shell = await lab.api.extract({ url: `${lab.site.url}/render/app`, ...auto });
  const { code, details } = readRefusal(shell, 500);
  assert.deepEqual([code, details?.["reason"]], ["INTERNAL_ERROR", "no_browser"]);
  assert.equal(lab.site.requests.length, 1);
});

test("without a browser, health is 200 degraded", async () => {
  assert.equal(readHealth(await lab.api.get("/health"), 200).status, "degraded");
});

test("doctor names what to do about a browser that is not there", async () => {
  await withTempFolder(async (folder) => {
    const env = { QUERN_DATA_DIR: folder, ...NO_BROWSER };
    const { code, stdout } = await runQuern(["doctor"], { env });
    assert.equal(code, 1);
    assert.match(stdout, /FAILED +browser.*nonexistent/);
    assert.match(stdout, /QUERN_BROWSER_PATH/);
  });
});

test("what is refused at once is refused so in async mode too", async () => {
  const answer = await lab.api.extract({ url: "http://10.0.0.1/", processing_mode: "async" });
  assert.equal(answer.status, 422);
});
