import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Site, startSite } from "../site/site.ts";
import { networksOf } from "../support/lab.ts";
import { type Run, runQuern } from "../support/run-quern.ts";
import { MAIN } from "../support/start-quern.ts";
import { withTempFolder } from "../support/temp-folder.ts";
import { waitUntil } from "../support/wait-until.ts";

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

const extract = (...args: string[]): Promise<Run> =>
  runQuern(["extract", ...args], { env: { QUERN_ALLOW_NETWORKS: networksOf(site) } });

test("extract writes one page's Markdown to stdout alone, exit 0", async () => {
  const { code, stdout, stderr } = await extract(`${site.url}/article`);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^# The mill turns again$/m);
  assert.equal(stderr, "", "no progress line where there is no terminal");
});

test("extract needs no server, no key and no data folder", async () => {
  await withTempFolder(async (folder) => {
    const env = { QUERN_ALLOW_NETWORKS: networksOf(site) };
    const run = await runQuern(["extract", `${site.url}/article`], { env, cwd: folder });
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(await readdir(folder), []);
  });
});

const FORMATS: Readonly<Record<string, RegExp>> = {
  markdown: /\*\*never forgotten\*\*/,
  html: /^<!doctype html>/,
  text: /had never forgotten|never forgotten\./,
  content_html: /<strong>never forgotten<\/strong>/,
};

test("--format chooses what is written", async () => {
  for (const [format, pattern] of Object.entries(FORMATS)) {
    const { code, stdout, stderr } = await extract(`${site.url}/article`, "--format", format);
    assert.equal(code, 0, stderr);
    assert.match(stdout, pattern, format);
  }
});

test("--format json holds page and metadata, --links adds the links", async () => {
  const run = await extract(`${site.url}/article`, "--format", "json", "--links");
  assert.equal(run.code, 0, run.stderr);
  assert.ok(run.stdout.includes(`${site.url}/page/3`));
  assert.match(JSON.stringify(JSON.parse(run.stdout)), /Ada Millward/);
});

test("--header and --timeout go with the request", async () => {
  const run = await extract(`${site.url}/echo`, "--format", "html", "--header", "X-Mine: yes");
  assert.match(run.stdout, /"x-mine":"yes"/);
  const begin = performance.now();
  const slow = await extract(`${site.url}/slow/hang`, "--timeout", "1000");
  assert.equal(slow.code, 1);
  assert.match(slow.stderr, /TIMEOUT/);
  // Without its own timeout it would take the default of 30 s.
  assert.ok(performance.now() - begin < 20_000);
});

test("several pages are worked on side by side, in the order of the arguments", async () => {
  const urls = [1, 2, 3, 4].map((number) => `${site.url}/slow/held?n=${number}`);
  site.reset();
  const running = extract(...urls, `${site.url}/page/7`);
  await waitUntil(() => site.requests.filter(({ state }) => state === "open").length === 4, 20_000);
  site.release();
  const run = await running;
  assert.equal(run.code, 0, run.stderr);
  assert.ok(run.stdout.lastIndexOf("Let go at last") < run.stdout.indexOf("This is page 7"));
});

test("-o writes a file for each page", async () => {
  await withTempFolder(async (folder) => {
    const run = await extract(`${site.url}/article`, `${site.url}/docs`, "-o", folder);
    assert.equal(run.code, 0, run.stderr);
    const names = await readdir(folder);
    assert.equal(names.length, 2);
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    assert.ok(contents.some((text) => text.includes("The mill turns again")));
  });
});

test("any failed page is exit 1 with code and message on stderr; the others are written", async () => {
  const run = await extract(`${site.url}/article`, `${site.url}/status/404`);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /UNPROCESSABLE_CONTENT/);
  assert.match(run.stdout, /The mill turns again/);
  const refused = await extract("http://10.0.0.1/");
  assert.equal(refused.code, 1, refused.stderr);
  assert.match(refused.stderr, /INVALID_URL/);
  assert.equal(refused.stdout, "");
});

const BAD_USAGE = [
  [],
  ["--format", "pdf", "http://example.com/"],
  ["--nonsense", "http://example.com/"],
  ["--timeout", "soon", "http://example.com/"],
  ["--file", "page.html"],
];

test("bad usage of extract is exit 2", async () => {
  for (const args of BAD_USAGE) {
    const run = await extract(...args);
    assert.deepEqual([run.code, run.stdout], [2, ""], `${args.join(" ")}\n${run.stderr}`);
    assert.notEqual(run.stderr, "");
  }
});

const SAVED = `<html><head><title>Saved</title></head><body><main><h1>Saved page</h1>
<p>This page was saved to a file, and this paragraph is long enough to be taken for its content by anybody.</p>
<p>It links to <a href="next">the next page</a>, which is somewhere else and is not asked for at all.</p></main></body></html>`;

test("what the terminal refuses says what to do", async () => {
  const url = "http://127.0.0.1:9/";
  const refused = await runQuern(["extract", url]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /set QUERN_ALLOW_NETWORKS/);
  const absent = await runQuern(["extract", "--file", "/nowhere/page.html", "--url", url]);
  assert.equal(absent.code, 2);
  assert.equal(absent.stderr, "/nowhere/page.html can't be read: there is no such file.\n");
  const wrong = await runQuern(["extract"]);
  assert.match(wrong.stderr, /See: quern help extract\n$/);
});

test("--file reads saved HTML, and - reads stdin, without the network", async () => {
  site.reset();
  await withTempFolder(async (folder) => {
    const file = join(folder, "page.html");
    await writeFile(file, SAVED);
    const fromFile = await extract("--file", file, "--url", `${site.url}/folder/`);
    const fromStdin = await runQuern(["extract", "--file", "-", "--url", `${site.url}/folder/`], {
      stdin: SAVED,
    });
    for (const run of [fromFile, fromStdin]) {
      assert.equal(run.code, 0, run.stderr);
      assert.match(run.stdout, /^# Saved page$/m);
      assert.ok(run.stdout.includes(`(${site.url}/folder/next)`));
    }
  });
  assert.equal(site.requests.length, 0);
});

test("Ctrl-C ends the work within a second", async () => {
  site.reset();
  const child = spawn(process.execPath, [MAIN, "extract", `${site.url}/slow/hang`], {
    env: { QUERN_ALLOW_NETWORKS: networksOf(site) },
    stdio: "ignore",
  });
  await waitUntil(() => site.requests.length > 0, 10_000);
  child.kill("SIGINT");
  await waitUntil(() => child.exitCode !== null || child.signalCode !== null, 1000);
  assert.notEqual(child.exitCode, 0);
});

const keys = (dataDir: string, ...args: string[]): Promise<Run> =>
  runQuern(["keys", ...args], { env: { QUERN_DATA_DIR: dataDir } });

test("keys are made, listed without their secret, and revoked", async () => {
  await withTempFolder(async (dataDir) => {
    const created = await keys(dataDir, "create", "--name", "build server");
    assert.equal(created.code, 0, created.stderr);
    const secret = /qn_[\w-]{30,}/.exec(created.stdout)?.[0];
    assert.ok(secret !== undefined, created.stdout);
    const listed = await keys(dataDir, "list");
    assert.match(listed.stdout, /build server/);
    assert.match(listed.stdout, /default/, "its account");
    assert.match(listed.stdout, /\ball\b/, "its scope");
    assert.ok(!listed.stdout.includes(secret), "shown once");
    const json: { id: string } = JSON.parse((await keys(dataDir, "create", "--json")).stdout);
    assert.equal((await keys(dataDir, "revoke", json.id)).code, 0);
    assert.equal((await keys(dataDir, "revoke", json.id)).code, 1, "once is enough");
    assert.equal((await keys(dataDir, "revoke", "nobody")).code, 1);
  });
});

test("what a key may do is checked when it is made", async () => {
  await withTempFolder(async (dataDir) => {
    const bad = [
      ["create", "--scope", "everything"],
      ["create", "--budget", "many"],
      ["create", "--per-minute", "0"],
      ["create", "--concurrency", "-1"],
      ["destroy"],
      ["revoke"],
    ];
    for (const args of bad) {
      const run = await keys(dataDir, ...args);
      assert.equal(run.code, 2, `${args.join(" ")}: ${run.stderr}`);
    }
  });
});

test("doctor checks settings, database, egress and disk with a line each, exit 0", async () => {
  await withTempFolder(async (dataDir) => {
    const { code, stdout, stderr } = await runQuern(["doctor"], {
      env: { QUERN_DATA_DIR: dataDir },
    });
    assert.equal(code, 0, stdout + stderr);
    for (const part of [/settings/i, /database/i, /egress/i, /disk/i]) assert.match(stdout, part);
  });
});

test("doctor exits 1 with a hint where something fails", async () => {
  await withTempFolder(async (folder) => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const bad = await runQuern(["doctor"], { env: { QUERN_DATA_DIR: join(file, "data") } });
    assert.equal(bad.code, 1, bad.stdout + bad.stderr);
    assert.match(bad.stdout, /QUERN_DATA_DIR/);
    const settings = await runQuern(["doctor"], { env: { QUERN_PORT: "x" } });
    assert.equal(settings.code, 1, settings.stdout + settings.stderr);
    assert.match(settings.stdout + settings.stderr, /QUERN_PORT/);
  });
});

test("--version and help say what there is", async () => {
  const version = await runQuern(["--version"]);
  assert.deepEqual([version.code, /^\d+\.\d+\.\d+\s*$/.test(version.stdout)], [0, true]);
  const help = await runQuern(["help"]);
  assert.equal(help.code, 0);
  for (const command of ["serve", "extract", "keys", "doctor"]) {
    assert.match(help.stdout, new RegExp(`\\b${command}\\b`));
    const one = await runQuern(["help", command]);
    assert.deepEqual([one.code, one.stdout.includes(command)], [0, true]);
  }
});
