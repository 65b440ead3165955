import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { findBrowsers, findWatchdogs, listProcesses } from "../support/browser-processes.ts";
import { countVisits, endOf, isOpen, submitJob } from "../support/jobs.ts";
import { type Lab, withLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";
import { startQuern } from "../support/start-quern.ts";
import { waitUntil } from "../support/wait-until.ts";

async function render({ api, site }: Lab, path = "/render/app") {
  return readPage(await api.extract({ url: site.url + path, render_js: true }));
}

/** The one browser of the lab's server. */
function browserOf({ quern }: Lab) {
  const [browser, ...others] = findBrowsers(quern.pid);
  assert.ok(browser !== undefined && others.length === 0, "one browser");
  return browser;
}

test("plain pages start no browser, and the first rendered one starts one", async () => {
  await withLab({}, async (lab) => {
    await lab.api.extract({ url: `${lab.site.url}/article` });
    assert.deepEqual(findBrowsers(lab.quern.pid), []);
    await render(lab);
    assert.ok(listProcesses(browserOf(lab).pid).length > 0);
  });
});

test("the browser is ended after QUERN_BROWSER_IDLE_MS, with its processes and its folder", async () => {
  await withLab({ QUERN_BROWSER_IDLE_MS: "500" }, async (lab) => {
    await render(lab);
    const { pid } = browserOf(lab);
    await waitUntil(() => listProcesses(pid).length === 0, 10_000);
    await waitUntil(() => findBrowsers(lab.quern.pid).length === 0, 10_000);
    await render(lab);
  });
});

test("after a stop no process and no folder is left", async () => {
  let left = { pid: 0, server: 0 };
  await withLab({}, async (lab) => {
    await render(lab);
    left = { pid: browserOf(lab).pid, server: lab.quern.pid };
  });
  assert.deepEqual(listProcesses(left.pid), []);
  assert.deepEqual(findBrowsers(left.server), []);
});

test("a server that is killed takes its browser along within 10 s, folder included", async () => {
  await withLab({}, async (lab) => {
    await render(lab);
    const { pid } = browserOf(lab);
    await lab.quern.kill();
    await waitUntil(() => listProcesses(pid).length === 0, 10_000);
    await waitUntil(() => findBrowsers(lab.quern.pid).length === 0, 10_000);
  });
});

test("a browser that hangs while its server and its watchdog are killed is ended by the next start", async () => {
  await withLab({}, async (lab) => {
    await render(lab);
    const { pid, folder } = browserOf(lab);
    for (const watchdog of findWatchdogs(folder)) process.kill(watchdog, "SIGKILL");
    // It hears nothing any more, not even that its pipe closes.
    for (const each of listProcesses(pid)) process.kill(each.pid, "SIGSTOP");
    await lab.quern.kill();
    assert.ok(listProcesses(pid).length > 0);
    const next = await startQuern();
    await waitUntil(() => listProcesses(pid).length === 0, 5000);
    assert.deepEqual(findBrowsers(lab.quern.pid), []);
    await next.stop();
  });
});

test("a browser that is killed under a page is replaced, and the page is read", async () => {
  await withLab({}, async (lab) => {
    await render(lab);
    const first = browserOf(lab);
    const job = await submitJob(lab, "/slow/held?browser", {
      fields: { render_js: true, timeout: 60_000 },
    });
    await waitUntil(() => isOpen(lab, "/slow/held?browser"), 20_000);
    process.kill(first.pid, "SIGKILL");
    const again = () => countVisits(lab, "/slow/held?browser") === 2;
    await waitUntil(() => again() && isOpen(lab, "/slow/held?browser"), 20_000);
    lab.site.release();
    assert.equal((await endOf(lab, job)).status, "completed");
    assert.notEqual(browserOf(lab).pid, first.pid);
  });
});

test("a renderer that is killed costs its page a try, and nobody else anything", async () => {
  await withLab({}, async (lab) => {
    await render(lab);
    const { pid } = browserOf(lab);
    const job = await submitJob(lab, "/render/late", { fields: { render_js: true } });
    await waitUntil(() => lab.site.requests.at(-1)?.target === "/render/late", 20_000);
    const renderers = listProcesses(pid).filter(({ command }) =>
      command.includes("--type=renderer"),
    );
    for (const renderer of renderers) process.kill(renderer.pid, "SIGKILL");
    assert.equal((await endOf(lab, job)).status, "completed");
    assert.equal(browserOf(lab).pid, pid);
  });
});

test("a cancelled job's tab is gone within a second", async () => {
  await withLab({}, async (lab) => {
    await render(lab);
    const { pid } = browserOf(lab);
    const before = countRenderers(pid);
    const job = await submitJob(lab, "/slow/held?tab", { fields: { render_js: true } });
    await waitUntil(() => isOpen(lab, "/slow/held?tab"), 20_000);
    assert.ok(countRenderers(pid) > before);
    await lab.api.send({ method: "DELETE", path: `/v1/extract/${job}` });
    await waitUntil(() => countRenderers(pid) <= before && !isOpen(lab, "/slow/held?tab"), 1000);
  });
});

function countRenderers(group: number): number {
  return listProcesses(group).filter(({ command }) => command.includes("--type=renderer")).length;
}

test("60 renders leave no process, file or folder behind", async () => {
  await withLab({}, async (lab) => {
    for (let n = 0; n < 10; n += 1) await render(lab);
    const { pid } = browserOf(lab);
    const before = { ...countAll(lab, pid) };
    for (let n = 0; n < 50; n += 1) await render(lab);
    // The last page's process ends when its answer is long there.
    await waitUntil(() => countAll(lab, pid).processes <= before.processes, 5000);
    const after = countAll(lab, pid);
    assert.equal(after.folders, 1);
    assert.ok(
      after.files <= before.files + 2,
      `${before.files} files before, ${after.files} after`,
    );
  });
});

function countAll({ quern }: Lab, browser: number) {
  return {
    processes: listProcesses(browser).length,
    folders: findBrowsers(quern.pid).length,
    files: readdirSync(`/proc/${quern.pid}/fd`).length,
  };
}
