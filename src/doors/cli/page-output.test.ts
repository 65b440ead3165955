import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { withTempFolder } from "../../../test/support/temp-folder.ts";
import { createExtractRequestSchema, toExtractOrder } from "../../contract/extract-request.ts";
import type { PageResult } from "../../contract/page.ts";
import { NO_METADATA } from "../../contract/page.ts";
import { createFolderOutput, createStreamOutput, type ReadPage } from "./page-output.ts";

function page(url: string, markdown: string, links: readonly string[] | null = null): ReadPage {
  const schema = createExtractRequestSchema({
    judgeUrl: () => ({ ok: true, url }),
    isSelector: () => true,
  });
  const order = toExtractOrder(schema.parse({ url, formats: ["markdown"] }));
  const data = { markdown, html: null, text: null, contentHtml: null, links };
  return { order, result: { ...RESULT, data } };
}

const RESULT: Omit<PageResult, "data"> = {
  page: NO_METADATA,
  transfer: { httpStatus: 200, finalUrl: "", contentType: null, bytes: 1, redirects: [] },
  rendered: false,
  durationMs: 1,
  retryCount: 0,
  trace: null,
};

async function streamed(
  pages: readonly (readonly [index: number, page: ReadPage | null])[],
  format: "markdown" | "json" = "markdown",
): Promise<string> {
  const stream = new PassThrough();
  const output = createStreamOutput(stream, { format, count: pages.length });
  for (const [index, one] of pages) await output(index, one);
  stream.end();
  return text(stream);
}

test("one page is written as it is, with one line break at its end", async () => {
  assert.equal(await streamed([[0, page("https://a/", "# A\n\n")]]), "# A\n");
  const linked = page("https://a/", "# A", ["https://b/", "https://c/"]);
  assert.equal(await streamed([[0, linked]]), "# A\n\nhttps://b/\nhttps://c/\n");
});

test("several come in the order in which they were asked for, whichever is read first", async () => {
  const written = await streamed([
    [2, page("https://c/?a--b", "C")],
    [1, null],
    [0, page("https://a/", "A")],
  ]);
  assert.equal(written, "<!-- https://a/ -->\n\nA\n\n<!-- https://c/?a%2D%2Db -->\n\nC\n\n");
});

test("JSON is a line for each page", async () => {
  const written = await streamed(
    [
      [0, page("https://a/", "A")],
      [1, page("https://b/", "B")],
    ],
    "json",
  );
  const lines = written.trimEnd().split("\n");
  const rows: { data: { markdown: string } }[] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    rows.map(({ data }) => data.markdown),
    ["A", "B"],
  );
});

test("files are named after the page, stay in the folder, and overwrite nothing", async () => {
  await withTempFolder(async (folder) => {
    await writeFile(join(folder, "a.test.md"), "mine");
    const output = await createFolderOutput(folder, { format: "markdown" });
    const urls = [
      "https://a.test/",
      "https://a.test/x/y.html?q=1&r=ü",
      "https://a.test/x//y.html?q=1;r=%C3%BC",
      "https://a.test/..%2f..%2fetc/passwd",
      `https://a.test/${"long/".repeat(100)}`,
    ];
    await Promise.all(urls.map((url, index) => output(index, page(url, `page ${index}`))));
    await output(9, null);
    const names = (await readdir(folder)).toSorted();
    assert.equal(names.length, urls.length + 1, names.join("\n"));
    assert.equal(await readFile(join(folder, "a.test.md"), "utf8"), "mine");
    assert.equal(await readFile(join(folder, "a.test-2.md"), "utf8"), "page 0\n");
    for (const name of names) assert.match(name, /^[A-Za-z0-9][A-Za-z0-9._-]{0,210}\.md$/);
  });
});
