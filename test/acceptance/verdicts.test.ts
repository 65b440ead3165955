import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ApiAnswer } from "../support/api.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab({ QUERN_KEY_CONCURRENCY: "500" });
});
after(() => lab.stop());

interface Label {
  readonly expected: string;
  readonly status: number;
}

const FOLDER = join(import.meta.dirname, "../pages-verdict");
const PAGES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".html"))
  .map((name) => {
    const slug = name.slice(0, -".html".length);
    const label: Label = JSON.parse(readFileSync(join(FOLDER, `${slug}.json`), "utf8"));
    return { slug, ...label };
  });

interface Outcome {
  readonly code: (status: number) => string;
  readonly reason: string | null;
}

/** How what is not the page is told. */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  challenge: { code: () => "CAPTCHA_CHALLENGE", reason: null },
  login_wall: { code: () => "AUTH_REQUIRED", reason: "login_wall" },
  block: {
    code: (status) => ([403, 451].includes(status) ? "PERMANENT_BLOCK" : "TEMPORARY_BLOCK"),
    reason: null,
  },
  soft_404: { code: () => "UNPROCESSABLE_CONTENT", reason: "soft_404" },
  empty_shell: { code: () => "UNPROCESSABLE_CONTENT", reason: "empty_shell" },
  empty: { code: () => "UNPROCESSABLE_CONTENT", reason: "empty" },
};

/** Below the places that one key has. */
const AT_ONCE = 20;

test("what was sent in the page's place is never a success, and pages that look like it are", async () => {
  assert.ok(PAGES.length > 0);
  for (let first = 0; first < PAGES.length; first += AT_ONCE) {
    await Promise.all(PAGES.slice(first, first + AT_ONCE).map(checkPage));
  }
});

async function checkPage(page: Label & { slug: string }): Promise<void> {
  const url = `${lab.site.url}/outcome/${page.slug}`;
  checkOutcome(page, await lab.api.extract({ url, formats: ["markdown"] }));
}

function checkOutcome(page: Label & { slug: string }, answer: ApiAnswer): void {
  if (page.expected === "page") {
    assert.equal(answer.status, 200, `${page.slug}: ${answer.text.slice(0, 500)}`);
    readPage(answer);
    return;
  }
  const outcome = OUTCOMES[page.expected];
  assert.ok(outcome, `${page.slug}: unknown label ${page.expected}`);
  const { error } = readFailure(answer);
  assert.equal(error.code, outcome.code(page.status), page.slug);
  if (outcome.reason !== null) assert.equal(error.details?.["reason"], outcome.reason, page.slug);
}

const EMPTY = ["/odd/empty", "/odd/blank", "/odd/bom-only"];

test("nothing to read is a failure where content was asked for", async () => {
  for (const path of EMPTY) {
    for (const format of ["markdown", "text", "content_html"]) {
      const body = { url: lab.site.url + path, formats: [format] };
      const { error } = readFailure(await lab.api.extract(body));
      assert.deepEqual(
        [error.code, error.details?.["reason"]],
        ["UNPROCESSABLE_CONTENT", "empty"],
        `${path} as ${format}`,
      );
    }
  }
});

test("nothing to read is a success where html or links alone were asked for", async () => {
  for (const path of EMPTY) {
    const body = { url: lab.site.url + path, formats: ["html"], extract_links: true };
    assert.deepEqual(readPage(await lab.api.extract(body)).data.links, []);
  }
  const shells = PAGES.filter(({ expected }) => expected === "empty_shell");
  for (const { slug } of shells) {
    const { data } = readPage(await lab.api.extract({ url: `${lab.site.url}/outcome/${slug}` }));
    assert.equal(typeof data.html, "string", slug);
  }
});

test("a challenge is not tried again", async () => {
  const challenge = PAGES.find(({ expected }) => expected === "challenge");
  const path = `/outcome/${challenge?.slug}?once`;
  readFailure(await lab.api.extract({ url: lab.site.url + path }));
  assert.equal(lab.site.requests.filter(({ target }) => target === path).length, 1);
});
