import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import type { PageMetadata } from "../src/contract/page.ts";
import { type ExtractPageOptions, extractPage } from "../src/page/extract-page.ts";

/**
 * Each folder of test/pages shows one difficulty: page.html, and page.md as it must come out. page.json may name
 * options that differ, and what must be found besides.
 */
interface Expectation {
  readonly options?: Partial<ExtractPageOptions>;
  readonly page?: Partial<PageMetadata>;
  readonly links?: readonly string[];
}

const FOLDER = new URL("./pages/", import.meta.url);
const OPTIONS: ExtractPageOptions = {
  url: "https://example.com/dir/page",
  formats: ["markdown", "text", "content_html"],
  extractLinks: true,
  // The choice of content has tests of its own: here all of a page is.
  onlyMainContent: false,
};

for (const slug of readdirSync(FOLDER).sort()) {
  test(`page ${slug} comes out as written beside it`, () => {
    const read = (name: string): string => readFileSync(new URL(`${slug}/${name}`, FOLDER), "utf8");
    const expected = readExpectation(slug);
    const { data, page } = extractPage(read("page.html"), { ...OPTIONS, ...expected.options });
    assert.equal(`${data.markdown}\n`, read("page.md"));
    for (const [field, value] of Object.entries(expected.page ?? {})) {
      assert.equal(Object.entries(page).find(([name]) => name === field)?.[1], value, field);
    }
    if (expected.links) assert.deepEqual(data.links, expected.links);
  });
}

test("there are at least fifty pages", () => {
  assert.ok(readdirSync(FOLDER).length >= 50);
});

function readExpectation(slug: string): Expectation {
  const file = new URL(`${slug}/page.json`, FOLDER);
  if (!statSync(file, { throwIfNoEntry: false })) return {};
  const expectation: Expectation = JSON.parse(readFileSync(file, "utf8"));
  return expectation;
}
