import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { SETTINGS } from "../../src/config.ts";
import { JOB_ERROR_CODES, REQUEST_ERROR_CODES } from "../../src/contract/error-table.ts";
import { listDrift } from "./list-drift.ts";
import { renderDocuments } from "./render-documents.ts";

const ROOT = join(import.meta.dirname, "../..");
const documents = renderDocuments({ version: "0.0.0" });

test("the generated documents are up to date: else npm run docs", async () => {
  assert.deepEqual(await listDrift(documents, ROOT), []);
});

test("a document that is gone or changed is drift", async () => {
  const wrong = new Map([...documents].map(([path, text]) => [path, `${text}\n`]));
  assert.deepEqual(await listDrift(wrong, ROOT), [...documents.keys()]);
  assert.deepEqual(await listDrift(new Map([["docs/none.md", ""]]), ROOT), ["docs/none.md"]);
});

test("the page of errors names every code of the table, and no other", async () => {
  const text = await readFile(join(ROOT, "docs/reference/errors.md"), "utf8");
  const [requests = "", pages = ""] = text.split("## Errors of a page");
  const codesIn = (part: string) =>
    [...part.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(codesIn(requests), REQUEST_ERROR_CODES);
  assert.deepEqual(codesIn(pages), JOB_ERROR_CODES);
});

test("the page of settings and .env.example name every setting, and no other", async () => {
  const names = Object.values(SETTINGS).map(({ name }) => name);
  const page = await readFile(join(ROOT, "docs/reference/configuration.md"), "utf8");
  assert.deepEqual(
    [...page.matchAll(/^\| `(QUERN_\w+)`/gm)].map(([, name]) => name),
    names,
  );
  const example = await readFile(join(ROOT, ".env.example"), "utf8");
  assert.deepEqual(
    [...example.matchAll(/^#(QUERN_\w+)=/gm)].map(([, name]) => name),
    names,
  );
});

test("a value that stands in .env.example is one that the setting takes", async () => {
  const example = documents.get(".env.example") ?? "";
  for (const { name, parse } of Object.values(SETTINGS)) {
    const value = new RegExp(`^#${name}=(.+)$`, "m").exec(example)?.[1];
    assert.ok(value === undefined || parse(value).ok, `${name}=${value}`);
  }
});
