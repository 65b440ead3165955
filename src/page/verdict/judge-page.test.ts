import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { extractPage } from "../extract-page.ts";
import { judgePage } from "./judge-page.ts";
import type { Mistake } from "./verdict.ts";

/** Of a hand-written page: see test/pages-verdict/README.md. */
interface Label {
  readonly expected: Mistake | "page";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
  readonly finalUrl?: string;
  readonly why: string;
}

const FOLDER = new URL("../../../test/pages-verdict/", import.meta.url);
const SLUGS = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".html"))
  .map((name) => name.slice(0, -".html".length));

/** Found kinds by expected kind: how often each. */
const confusion = new Map<string, number>();

for (const slug of SLUGS) {
  const label = readLabel(slug);
  test(`${label.expected}: ${slug} (${label.why})`, () => {
    const verdict = judge(slug, label);
    const cell = `${label.expected} judged ${verdict.kind}`;
    confusion.set(cell, (confusion.get(cell) ?? 0) + 1);
    assert.equal(verdict.kind, label.expected, JSON.stringify(verdict));
  });
}

test("the labelled set holds many of each kind, and as many pages that look like one", (t) => {
  for (const [cell, count] of confusion) t.diagnostic(`${cell}: ${count}`);
  const kinds = Object.groupBy(SLUGS, (slug) => readLabel(slug).expected);
  for (const kind of ["challenge", "block", "login_wall", "soft_404", "empty_shell"] as const) {
    assert.ok((kinds[kind]?.length ?? 0) >= 8, kind);
  }
  assert.ok((kinds.page?.length ?? 0) >= 45, "page");
});

function readLabel(slug: string): Label {
  return JSON.parse(readFileSync(new URL(`${slug}.json`, FOLDER), "utf8"));
}

function judge(slug: string, { status, headers, url, finalUrl = url }: Label) {
  const html = readFileSync(new URL(`${slug}.html`, FOLDER), "utf8");
  const { signals } = extractPage(html, {
    url: finalUrl,
    formats: [],
    extractLinks: false,
    onlyMainContent: true,
    includeSelectors: [],
    excludeSelectors: [],
    explain: false,
  });
  return judgePage({ status, headers, url, finalUrl, signals });
}
