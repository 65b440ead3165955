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
    const verdict = judge(readHtml(slug), label);
    const cell = `${label.expected} judged ${verdict.kind}`;
    confusion.set(cell, (confusion.get(cell) ?? 0) + 1);
    assert.equal(verdict.kind, label.expected, JSON.stringify(verdict));
  });
}

/** Server pages that a status explains: `statusError` tells it, with the time to wait where there is one. */
const EXPLAINED: readonly (readonly [status: number, html: string])[] = [
  [403, "<title>403 Forbidden</title><center><h1>403 Forbidden</h1></center><hr>nginx"],
  [
    404,
    "<title>Page not found</title><h1>Page not found</h1><p>The page you are looking for is not here.",
  ],
  [
    429,
    "<title>429 Too Many Requests</title><center><h1>429 Too Many Requests</h1></center><hr>nginx",
  ],
  [502, "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center><hr>nginx"],
  [503, "<title>503 Service Unavailable</title><h1>Service Unavailable</h1><p>The server is busy."],
];

for (const [status, html] of EXPLAINED) {
  test(`a server's own page for ${status} is left to its status`, () => {
    assert.equal(judge(html, { ...PLAIN, status }).kind, "page");
  });
}

test("a page that says much is the page, whatever else is on it", () => {
  const prose = `<p>${"The wheel turned all night, and the miller slept badly. ".repeat(10)}</p>`;
  const html = `<title>Just a moment...</title><h1>Access denied</h1>${prose.repeat(8)}<script>_cf_chl_opt={}</script>`;
  assert.equal(judge(html, { ...PLAIN, status: 403 }).kind, "page");
});

test("the labelled set holds many of each kind, and as many pages that look like one", (t) => {
  for (const [cell, count] of confusion) t.diagnostic(`${cell}: ${count}`);
  const kinds = Object.groupBy(SLUGS, (slug) => readLabel(slug).expected);
  for (const kind of ["challenge", "block", "login_wall", "soft_404", "empty_shell"] as const) {
    assert.ok((kinds[kind]?.length ?? 0) >= 8, kind);
  }
  assert.ok((kinds.page?.length ?? 0) >= 50, "page");
});

function readLabel(slug: string): Label {
  return JSON.parse(readFileSync(new URL(`${slug}.json`, FOLDER), "utf8"));
}

const PLAIN = { headers: {}, url: "https://town.example/", status: 200 };

function readHtml(slug: string): string {
  return readFileSync(new URL(`${slug}.html`, FOLDER), "utf8");
}

function judge(
  html: string,
  { status, headers, url, finalUrl = url }: Omit<Label, "expected" | "why">,
) {
  const { signals } = extractPage(html, { url: finalUrl, formats: [] });
  return judgePage({ status, headers, url, finalUrl, signals });
}
