import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { createApi } from "./support/api.ts";
import { listeningUrl } from "./support/listening-url.ts";
import { npmEnvironment } from "./support/npm-environment.ts";
import { searchPath } from "./support/search-path.ts";
import { startProgram } from "./support/start-program.ts";
import { CHECKOUT, TEST_KEY } from "./support/start-quern.ts";

/** An empty folder into which the package that npm would publish is installed. */
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "quern-package-"));
  const packed = await run("npm", ["pack", "--json", "--pack-destination", folder], CHECKOUT);
  const [{ filename }]: [{ filename: string }] = JSON.parse(packed);
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...flags, join(folder, filename)]);
});
after(() => rm(folder, { recursive: true, force: true }));

/** Standard output. The programs find this Node first, and otherwise what the machine has. */
async function run(command: string, args: readonly string[], cwd = folder): Promise<string> {
  const path = [dirname(process.execPath), searchPath()].join(delimiter);
  const env = { ...npmEnvironment(), PATH: path };
  const { stdout } = await promisify(execFile)(command, args, { cwd, env, timeout: 120_000 });
  return stdout;
}

const PAGE = `<html lang="en"><head><title>Saved</title></head><body><main><h1>A page that was saved</h1>
<p>It has a paragraph that is long enough to be taken for the content of the page by anybody who reads it.</p>
<p>And a <a href="next">second one</a>, so that nobody can say that there is nothing to read in this page.</p></main></body></html>`;

test("the command runs from the package", async () => {
  assert.match(await run("npx", ["quern", "--version"]), /^\d+\.\d+\.\d+\n$/);
  await writeFile(join(folder, "page.html"), PAGE);
  const url = "https://example.com/folder/";
  const page = await run("npx", ["quern", "extract", "--file", "page.html", "--url", url]);
  assert.match(page, /long enough to be taken/);
  assert.match(page, /\[second one\]\(https:\/\/example\.com\/folder\/next\)/);
  assert.match(await run("npx", ["quern", "keys", "create"]), /^qn_/);
});

test("the server runs from the package, its reference with it", async () => {
  const server = await startProgram({
    args: [join(folder, "node_modules/quern/bin/quern.js"), "serve", "--port", "0"],
    cwd: folder,
    env: { QUERN_API_KEY: TEST_KEY },
    firstLineTimeoutMs: 30_000,
  });
  try {
    const api = createApi({ url: listeningUrl(server.firstLine), key: TEST_KEY });
    assert.equal((await api.get("/health")).status, 200);
    assert.match((await api.get("/docs")).text, /<html/);
    assert.equal((await api.get("/openapi.json")).status, 200);
  } finally {
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  }
});

test("quern/extract needs no module of Node", async () => {
  await writeFile(
    join(folder, "extract.js"),
    `import { registerHooks } from "node:module";
    const builtins = [];
    registerHooks({
      resolve(specifier, context, next) {
        const resolved = next(specifier, context);
        if (resolved.url.startsWith("node:")) builtins.push(specifier + " from " + context.parentURL);
        return resolved;
      },
    });
    const { extractPage } = await import("quern/extract");
    const { data, page } = extractPage(${JSON.stringify(PAGE)}, {
      url: "https://example.com/",
      extractLinks: true,
    });
    console.log(JSON.stringify({ builtins, data, page }));`,
  );
  const { builtins, data, page } = JSON.parse(await run(process.execPath, ["extract.js"]));
  assert.deepEqual(builtins, []);
  assert.match(data.markdown, /long enough to be taken/);
  assert.deepEqual(data.links, ["https://example.com/next"]);
  assert.equal(page.language, "en");
});

test("quern/extract has types that compile without those of Node", async () => {
  await writeFile(
    join(folder, "typed.ts"),
    `import { type ExtractedPage, extractPage } from "quern/extract";
    const page: ExtractedPage = extractPage("", {
      url: "https://example.com/",
      formats: ["text"],
    });
    export const text: string | null = page.data.text;
    // @ts-expect-error: types are there, and not any
    export const wrong: number = page.data.text;`,
  );
  const compilerOptions = { ...STRICT, noEmit: true, types: [], lib: ["es2023"] };
  const project = JSON.stringify({ compilerOptions, files: ["typed.ts"] });
  await writeFile(join(folder, "tsconfig.json"), project);
  await run(process.execPath, [join(CHECKOUT, "node_modules/typescript/bin/tsc"), "-p", "."]);
});

test("the example of the guide runs as it is printed", async () => {
  const guide = await readFile(join(CHECKOUT, "docs/guides/extract-in-a-program.md"), "utf8");
  const [, example = ""] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const [, printed = ""] = /```text\n(.*?)```/s.exec(guide) ?? [];
  assert.notEqual(printed, "");
  await writeFile(join(folder, "example.js"), example);
  assert.equal(await run(process.execPath, ["example.js"]), printed);
});

const STRICT = { strict: true, target: "es2023", module: "nodenext" };
