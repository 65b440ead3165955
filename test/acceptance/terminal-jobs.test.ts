import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { createApi } from "../support/api.ts";
import { type Lab, networksOf, startLab } from "../support/lab.ts";
import { startRelay } from "../support/relay.ts";
import { type Run, runQuern } from "../support/run-quern.ts";
import { searchPath } from "../support/search-path.ts";
import { startInTerminal } from "../support/start-in-terminal.ts";
import { CHECKOUT, MAIN, startQuern } from "../support/start-quern.ts";
import { withTempFolder } from "../support/temp-folder.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const environment = (server = lab.quern.url) => ({
  QUERN_SERVER: server,
  QUERN_API_KEY: lab.quern.key,
});

const jobs = (...args: string[]): Promise<Run> =>
  runQuern(["jobs", ...args], { env: environment() });

/** What the terminal is told of: made over HTTP, since a process takes its time to start. */
async function submit(path: string, fields: object = {}): Promise<string> {
  const url = `${lab.site.url}${path}`;
  const page = { url, formats: ["markdown"], processing_mode: "async", ...fields };
  const answer = await lab.api.extract(page);
  assert.equal(answer.status, 202, answer.text);
  return JSON.parse(answer.text).job_id;
}

async function submitAndEnd(path: string, fields: object = {}): Promise<string> {
  const id = await submit(path, fields);
  const { text: job } = await lab.api.get(`/v1/extract/${id}?wait=30`);
  assert.equal(JSON.parse(job).status, "completed", job);
  return id;
}

test("jobs submit prints the id, and jobs wait and show write the page to stdout alone", async () => {
  const submitted = await jobs("submit", `${lab.site.url}/article`);
  assert.equal(submitted.code, 0, submitted.stderr);
  const id = submitted.stdout.trimEnd();
  assert.match(id, /^[0-9a-f-]{36}$/);
  const waited = await jobs("wait", id);
  assert.deepEqual([waited.code, waited.stderr], [0, ""], "no progress line without a terminal");
  assert.match(waited.stdout, /^# The mill turns again$/m);
  assert.deepEqual(await jobs("show", id), waited);
  const json = await jobs("show", id, "--json");
  const { job_id, status, tokens_charged } = JSON.parse(json.stdout);
  assert.deepEqual([job_id, status, tokens_charged], [id, "completed", 1]);
});

test("jobs show writes a format that the job has, and names those of a job that has not", async () => {
  const id = await submitAndEnd("/article", { formats: ["content_html"], extract_links: true });
  const html = await jobs("show", id, "--format", "content_html");
  assert.match(html.stdout, /<strong>never forgotten<\/strong>/);
  assert.ok(html.stdout.includes(`\n${lab.site.url}/page/3\n`), "the links after it");
  const absent = await jobs("show", id, "--format", "markdown");
  assert.deepEqual([absent.code, absent.stdout], [1, ""]);
  assert.match(absent.stderr, /has content_html, no markdown/);
});

test("a job that failed or was cancelled is exit 1 with its code on stderr", async () => {
  const failed = await jobs("wait", await submit("/status/404"));
  assert.deepEqual([failed.code, failed.stdout], [1, ""]);
  assert.match(failed.stderr, /^UNPROCESSABLE_CONTENT: .*http_404/);
  const id = await submit("/slow/hang");
  const cancelled = await jobs("cancel", id);
  assert.deepEqual([cancelled.code, cancelled.stderr], [0, `Job ${id} is cancelled\n`]);
  const shown = await jobs("show", id);
  assert.deepEqual([shown.code, shown.stdout], [1, ""]);
  assert.match(shown.stderr, /^CANCELLED: /);
});

test("jobs cancel refuses a job that has completed, and --purge removes what it left", async () => {
  const id = await submitAndEnd("/page/7");
  const refused = await jobs("cancel", id);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^NOT_CANCELLABLE: /);
  assert.equal((await jobs("cancel", id, "--purge")).code, 0);
  const gone = await jobs("show", id);
  assert.deepEqual([gone.code, gone.stdout], [1, ""]);
  assert.match(gone.stderr, /^NOT_FOUND: /);
});

test("jobs list filters by status, URL, format and time, page by page", async () => {
  const paths = [1, 2, 3].map((number) => `/page/${number}?listed`);
  const ids: string[] = [];
  for (const path of paths) ids.push(await submitAndEnd(path));
  const filters = ["--status", "completed", "--url", "?listed", "--output", "markdown"];
  const list = await jobs("list", ...filters, "--from", "2026-01-01", "--page-size", "2");
  assert.equal(list.code, 0, list.stderr);
  const lines = list.stdout.trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => line.split(/ +/)[0]),
    ["ID", ids[2], ids[1]],
    "the newest first",
  );
  assert.match(list.stderr, /Page 1 of 2/);
  const second = await jobs("list", ...filters, "--page-size", "2", "--page", "2", "--json");
  const { jobs: rows } = JSON.parse(second.stdout);
  assert.deepEqual(
    [rows.length, rows[0].job_id, rows[0].url],
    [1, ids[0], `${lab.site.url}${paths[0]}`],
  );
  const none = await jobs("list", ...filters, "--to", "2020-01-31", "--json");
  assert.deepEqual(JSON.parse(none.stdout).jobs, []);
});

test("jobs names flags and settings when server or key is missing, and never shows the key", async () => {
  const nothing = await runQuern(["jobs", "list"]);
  assert.deepEqual([nothing.code, nothing.stdout], [2, ""]);
  assert.match(nothing.stderr, /--server URL, or QUERN_SERVER.*--key KEY, or QUERN_API_KEY/);
  const key = "a-wrong-key-0123456789";
  const wrong = await jobs("list", "--key", key);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /^UNAUTHORIZED: /);
  assert.ok(!(wrong.stdout + wrong.stderr).includes(key));
  const elsewhere = await jobs("list", "--server", lab.site.url);
  assert.equal(elsewhere.code, 1);
  assert.match(elsewhere.stderr, /is not a Quern server/);
});

const GUIDE = join(CHECKOUT, "docs/guides/jobs-in-the-terminal.md");

test("what the guide to jobs in the terminal shows works when pasted", async () => {
  const blocks = (await readFile(GUIDE, "utf8")).matchAll(/```sh\n(.*?)```/gs);
  const lines = Array.from(blocks, ([, block = ""]) => block)
    .join("\n")
    .replace("https://example.com/", `${lab.site.url}/article`)
    .replace("http://127.0.0.1:3400", lab.quern.url);
  await withTempFolder(async (folder) => {
    const at = (name: string) => join(folder, name);
    const launcher = `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`;
    await writeFile(at("quern"), launcher, { mode: 0o755 });
    await writeFile(at("urls.txt"), `${lab.site.url}/page/1\n${lab.site.url}/page/2\n`);
    await mkdir(at("data"));
    await writeFile(at("data/first-key"), `${lab.quern.key}\n`);
    const env = { PATH: `${folder}:${searchPath()}` };
    await promisify(execFile)("sh", ["-ec", lines], { cwd: folder, env });
    assert.match(await readFile(at("page.md"), "utf8"), /^# The mill turns again$/m);
    const ids = (await readFile(at("ids.txt"), "utf8")).trimEnd().split("\n");
    const pages = await Promise.all(ids.map((id) => readFile(at(`${id}.md`), "utf8")));
    assert.deepEqual(
      pages.map((page) => /This is page \d/.exec(page)?.[0]),
      ["This is page 1", "This is page 2"],
    );
  });
});

interface Waiting {
  readonly child: ChildProcess;
  readonly stdout: Promise<string>;
  readonly stderr: Promise<string>;
}

function startWait(context: TestContext, server: string, id: string): Waiting {
  const child = spawn(process.execPath, [MAIN, "jobs", "wait", id], {
    env: environment(server),
    stdio: ["ignore", "pipe", "pipe"],
  });
  context.after(() => child.kill("SIGKILL"));
  return { child, stdout: text(child.stdout), stderr: text(child.stderr) };
}

test("Ctrl-C on jobs wait ends within a second, says how to go on, and the job runs on", async (t) => {
  const relay = await startRelay(lab.quern.url);
  t.after(() => relay.stop());
  const id = await submit("/slow/held?jobs");
  const { child, stdout, stderr } = startWait(t, relay.url, id);
  await waitUntil(() => relay.connections() > 0, 15_000);
  child.kill("SIGINT");
  await waitUntil(() => child.exitCode !== null, 1000);
  assert.deepEqual([child.exitCode, await stdout], [130, ""]);
  assert.ok((await stderr).includes(`quern jobs wait ${id}`));
  await waitUntil(
    () => lab.site.requests.some(({ target }) => target === "/slow/held?jobs"),
    10_000,
  );
  lab.site.release();
  assert.match((await jobs("wait", id)).stdout, /Let go at last/);
});

test("jobs wait goes on when the server is killed and starts again", async (t) => {
  await withTempFolder(async (dataDir) => {
    const start = async () => {
      const env = { QUERN_ALLOW_NETWORKS: networksOf(lab.site) };
      const quern = await startQuern({ dataDir, env });
      t.after(() => quern.stop());
      return quern;
    };
    const first = await start();
    const relay = await startRelay(first.url);
    t.after(() => relay.stop());
    const asked = () =>
      lab.site.requests.filter(({ target }) => target === "/slow/held?crash").length;
    const page = { url: `${lab.site.url}/slow/held?crash`, formats: ["markdown"] };
    const accepted = await createApi(first).extract({ ...page, processing_mode: "async" });
    const id: string = JSON.parse(accepted.text).job_id;
    const { child, stdout, stderr } = startWait(t, relay.url, id);
    await waitUntil(() => relay.connections() > 0 && asked() === 1, 15_000);
    await first.kill();
    relay.leadTo((await start()).url);
    await waitUntil(() => asked() === 2, 20_000);
    lab.site.release();
    assert.match(await stdout, /Let go at last/);
    await waitUntil(() => child.exitCode !== null, 5000);
    assert.deepEqual([await stderr, child.exitCode], ["", 0]);
  });
});

test("jobs wait shows status and time on a terminal", async (t) => {
  const id = await submit("/slow/held?screen");
  const terminal = await startInTerminal({
    args: [MAIN, "jobs", "wait", id],
    env: environment(),
  });
  if (terminal === null) return t.skip("script(1), which makes a terminal, is not on this machine");
  t.after(() => terminal.kill());
  await waitUntil(() => /processing, 1 s/.test(terminal.screen()), 15_000);
  lab.site.release();
  await waitUntil(() => /# Let go at last/.test(terminal.screen()), 15_000);
});
