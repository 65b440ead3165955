import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { countVisits, endOf, submitJob } from "../support/jobs.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { runQuern } from "../support/run-quern.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

function render(path: string, fields: Readonly<Record<string, unknown>> = {}) {
  return lab.api.extract({
    url: lab.site.url + path,
    render_js: true,
    formats: ["markdown"],
    ...fields,
  });
}

/** The pages here carry their texts in their scripts. */
function withoutScripts(html: string | null): string {
  return (html ?? "").replaceAll(/<script>.*?<\/script>/gs, "");
}

async function readMarkdown(path: string): Promise<string> {
  return readPage(await render(path)).data.markdown ?? "";
}

test("a single-page application is read as its visitors see it, and metadata says that it was rendered", async () => {
  const { data, metadata, tokens_charged } = readPage(await render("/render/app"));
  assert.match(data.markdown ?? "", /^# The harbour\n\nThe harbour wakes/);
  assert.doesNotMatch(data.markdown ?? "", /enable JavaScript/);
  assert.deepEqual(
    [metadata.render_js, metadata.http_status, metadata.response.final_url, tokens_charged],
    [true, 200, `${lab.site.url}/render/app`, 1],
  );
});

test("html of a rendered page is its DOM, as one document", async () => {
  const { data } = readPage(await render("/render/app", { formats: ["html"] }));
  assert.match(data.html ?? "", /^<!DOCTYPE html>\n<html lang="en">.*<main><h1>The harbour<\/h1>/s);
});

test("an async job is rendered like a synchronous page", async () => {
  const fields = { render_js: true, formats: ["markdown"] };
  const job = await endOf(lab, await submitJob(lab, "/render/app", { fields }));
  assert.equal(job.status, "completed");
  assert.match(job.data?.markdown ?? "", /The harbour wakes/);
  assert.equal(job.metadata?.render_js, true);
});

test("content that comes late, or in steps, is waited for", async () => {
  assert.match(await readMarkdown("/render/late"), /The harbour wakes/);
  assert.match(await readMarkdown("/render/steps"), /Part 1.*Part 2.*Part 3/s);
});

test("a page that never comes to rest, and one without end, are read as they are", async () => {
  assert.match(await readMarkdown("/render/restless"), /The harbour wakes/);
  assert.match(await readMarkdown("/render/endless"), /## Row 1/);
});

test("dialogs, popups and service workers do not come in a page's way", async () => {
  lab.site.reset();
  assert.match(await readMarkdown("/render/alerts"), /The harbour wakes/);
  assert.match(await readMarkdown("/render/service-worker"), /The worker was refused/);
  assert.equal(countVisits(lab, "/render/popup"), 0);
  assert.equal(countVisits(lab, "/render/worker.js"), 0);
});

test("a script that never ends is TIMEOUT render, and the next page is read", async () => {
  const { code, details } = readFailure(await render("/render/loop", { timeout: 4000 }));
  assert.deepEqual([code, details?.["reason"]], ["TIMEOUT", "render"]);
  assert.match(await readMarkdown("/render/app"), /The harbour wakes/);
});

test("a page that eats memory is too_complex, and the next page is read", async () => {
  const { code, details } = readFailure(await render("/render/memory"));
  assert.deepEqual([code, details?.["reason"]], ["UNPROCESSABLE_CONTENT", "too_complex"]);
  assert.match(await readMarkdown("/render/app"), /The harbour wakes/);
});

test("200 frames of the page's own origin are read in their places, with links of their own", async () => {
  const answer = await render("/render/frames", { extract_links: true, formats: ["text"] });
  const { data } = readPage(answer);
  for (const frame of [0, 99, 199])
    assert.match(data.text ?? "", new RegExp(`Frame ${frame} tells`));
  assert.match(data.text ?? "", /The outer frame.\s+Frame inner tells/);
  assert.doesNotMatch(data.text ?? "", /Frame other/);
  assert.deepEqual(data.links, [`${lab.site.url}/render/frame/next`]);
});

test("open shadow roots are read in place with what is slotted into them, closed ones are not", async () => {
  const markdown = await readMarkdown("/render/shadow");
  assert.match(markdown, /Shadow open.*Slotted words of the harbour/s);
  assert.doesNotMatch(markdown, /Shadow closed/);
});

test("what was typed into a form does not come back, and lazy images are real", async () => {
  const { data } = readPage(await render("/render/form", { formats: ["html", "content_html"] }));
  assert.doesNotMatch(withoutScripts(data.html), /secret-/);
  assert.match(data.html ?? "", /<img data-src="\/full.png" alt="Quay" src="\/full.png">/);
  assert.match(data.html ?? "", /Send it/);
});

test("walls of consent and modal dialogs are taken away, and explain says so", async () => {
  const { data, metadata } = readPage(
    await render("/render/consent", { formats: ["html"], explain: true }),
  );
  assert.doesNotMatch(withoutScripts(data.html), /cookies|Consent platform|newsletter/);
  assert.match(data.html ?? "", /The harbour wakes/);
  const said = JSON.stringify(metadata.explain);
  assert.match(said, /removed an overlay: OneTrust/);
  assert.match(said, /3 requests|2 requests/);
});

test("a rendered page's script may lead elsewhere: the final address and the way there are told", async () => {
  const { metadata } = readPage(await render("/render/goes-on?to=/article"));
  assert.equal(metadata.response.final_url, `${lab.site.url}/article`);
  assert.deepEqual(metadata.response.redirects, [`${lab.site.url}/article`]);
});

test("caller's headers of a rendered page go to its own origin only", async () => {
  const headers = { "X-Test": "one", Cookie: "a=b" };
  const { data } = readPage(await render("/render/headers", { headers }));
  assert.match(data.markdown ?? "", /own: test=one cookie=a=b/);
  assert.match(data.markdown ?? "", /other: test=none cookie=none/);
});

test("a rendered page's status, challenge and network failures have the codes of plain pages", async () => {
  const cases = [
    ["/status/404?render", "UNPROCESSABLE_CONTENT", "http_404"],
    ["/status/403?render", "PERMANENT_BLOCK", "http_403"],
    ["/status/401?render", "AUTH_REQUIRED", "http_401"],
  ] as const;
  for (const [path, code, reason] of cases) {
    const failure = readFailure(await render(path));
    assert.deepEqual([failure.code, failure.details?.["reason"]], [code, reason], path);
  }
  const untrusted = readFailure(await lab.api.extract({ url: lab.site.httpsUrl, render_js: true }));
  assert.deepEqual([untrusted.code, untrusted.details?.["reason"]], ["NETWORK_ERROR", "tls"]);
});

test("what browsers do not show as HTML is read plainly", async () => {
  const { data, metadata } = readPage(await render("/type/json"));
  assert.match(data.markdown ?? "", /^```json/);
  assert.equal(metadata.render_js, false);
});

test("auto renders where the plain page is an empty shell, and remembers it for pages of that kind", async () => {
  lab.site.reset();
  const auto = { render_js: "auto" };
  assert.equal(readPage(await render("/article", auto)).metadata.render_js, false);
  const first = readPage(await render("/render/app", { ...auto, formats: ["html"] }));
  assert.equal(first.metadata.render_js, true);
  assert.match(first.data.html ?? "", /The harbour wakes/);
  assert.equal(countVisits(lab, "/render/app"), 2);
  assert.equal(readPage(await render("/render/app", auto)).metadata.render_js, true);
  assert.equal(countVisits(lab, "/render/app"), 3);
});

test("extract --render reads a page in the browser without a server", async () => {
  const { code, stdout, stderr } = await runQuern(
    ["extract", `${lab.site.url}/render/app`, "--render"],
    { env: { QUERN_ALLOW_NETWORKS: "127.0.0.1/32" }, timeoutMs: 60_000 },
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /The harbour wakes/);
});
