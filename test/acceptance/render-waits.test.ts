import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

function waitFor(path: string, wait: Readonly<Record<string, unknown>>, timeout = 20_000) {
  const url = lab.site.url + path;
  return lab.api.extract({ url, wait_config: wait, timeout, formats: ["html"] });
}

test("wait_config switches rendering on and comes back as it was asked", async () => {
  const { metadata } = readPage(await waitFor("/render/app", { wait_until: "networkidle" }));
  assert.equal(metadata.render_js, true);
  assert.deepEqual(metadata.wait_config, {
    wait_until: "networkidle",
    wait_for: null,
    wait_timeout: null,
  });
});

test("each event is waited for, and nothing after it", async () => {
  const path = "/render/late";
  for (const event of ["commit", "domcontentloaded", "load"]) {
    const { data } = readPage(await waitFor(path, { wait_until: event }));
    assert.match(data.html ?? "", /<div id="root"><\/div>/, event);
  }
});

test("the selector is waited for: CSS, and XPath in its three spellings", async () => {
  for (const selector of [
    "main > h1",
    "//main/h1",
    "(//main)[1]",
    "xpath=//h1[text()='The harbour']",
  ]) {
    const { data } = readPage(await waitFor("/render/late", { wait_for: selector }));
    assert.match(data.html ?? "", /<main>/, selector);
  }
});

test("the pause is made after the event and the selector", async () => {
  const wait = { wait_until: "domcontentloaded", wait_for: "#root", wait_timeout: 1500 };
  const { data } = readPage(await waitFor("/render/late", wait));
  assert.match(data.html ?? "", /<main>/);
});

test("a selector that does not come is WAIT_FOR_SELECTOR_TIMEOUT with what was seen, also where a script never ends", async () => {
  const absent = readFailure(await waitFor("/render/app", { wait_for: "#absent" }, 4000));
  assert.equal(absent.code, "WAIT_FOR_SELECTOR_TIMEOUT");
  assert.equal(absent.details?.["wait_for"], "#absent");
  assert.ok(Number(absent.details?.["text_length"]) > 100);
  const stuck = readFailure(await waitFor("/render/loop", { wait_for: "#absent" }, 4000));
  assert.equal(stuck.code, "WAIT_FOR_SELECTOR_TIMEOUT");
});

test("a selector that only the browser can refuse is INVALID_WAIT_FOR_SELECTOR, tried once", async () => {
  lab.site.reset();
  const { code } = readFailure(await waitFor("/render/app", { wait_for: "//[" }));
  assert.equal(code, "INVALID_WAIT_FOR_SELECTOR");
  assert.equal(lab.site.requests.filter(({ target }) => target === "/render/app").length, 1);
});

test("an event that does not come is TIMEOUT render", async () => {
  const never = await waitFor("/render/restless", { wait_until: "networkidle" }, 4000);
  const { code, details } = readFailure(never);
  assert.deepEqual([code, details?.["reason"]], ["TIMEOUT", "render"]);
});
