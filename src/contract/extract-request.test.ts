import assert from "node:assert/strict";
import { test } from "node:test";
import { createExtractRequestSchema, toExtractOrder } from "./extract-request.ts";
import { parseRequest } from "./parse-request.ts";
import { ValidationError } from "./validation-error.ts";

const schema = createExtractRequestSchema({
  judgeUrl: (url) =>
    url.startsWith("http:")
      ? { ok: true, url: `${url}#judged` }
      : { ok: false, reason: "scheme", message: "Must be http" },
  isSelector: (selector) => !selector.includes("!"),
});

const orderOf = (value: unknown) => toExtractOrder(parseRequest({ schema, value, place: "body" }));

function refusalsOf(value: unknown): readonly string[] {
  try {
    orderOf(value);
  } catch (error) {
    if (error instanceof ValidationError)
      return error.refusals.map(({ loc }) => loc.slice(1).join("."));
    throw error;
  }
  return [];
}

const DEFAULTS = {
  processingMode: "sync",
  asked: { proxy: null, headers: null, wait_config: null },
  page: {
    url: "http://x#judged",
    formats: ["html"],
    render: "never",
    proxy: null,
    headers: {},
    wait: null,
    extractLinks: false,
    timeoutMs: 30_000,
    onlyMainContent: true,
    includeSelectors: [],
    excludeSelectors: [],
    explain: false,
  },
};

test("a URL alone is an order with the contract's defaults", () => {
  assert.deepEqual(orderOf({ url: "http://x" }), DEFAULTS);
});

test("null of every optional field is its default", () => {
  const nulls = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, null]));
  assert.deepEqual(orderOf({ ...nulls, url: "http://x" }), DEFAULTS);
});

test("null of a nested field is its default too", () => {
  const { page } = orderOf({
    url: "http://x",
    proxy: { country: null, type: null },
    wait_config: { wait_until: null, wait_for: null, wait_timeout: null },
  });
  assert.deepEqual(page.proxy, { country: null, type: "residential" });
  assert.deepEqual(page.wait, { waitUntil: null, waitFor: null, waitTimeoutMs: null });
});

const RENDERING = [
  { fields: {}, render: "never", timeoutMs: 30_000 },
  { fields: { render_js: false }, render: "never", timeoutMs: 30_000 },
  { fields: { render_js: true }, render: "always", timeoutMs: 60_000 },
  { fields: { render_js: "auto" }, render: "auto", timeoutMs: 60_000 },
  { fields: { wait_config: {} }, render: "always", timeoutMs: 60_000 },
  { fields: { wait_config: {}, render_js: "auto" }, render: "auto", timeoutMs: 60_000 },
  { fields: { wait_config: {}, timeout: 1000 }, render: "always", timeoutMs: 1000 },
];

test("render_js, wait_config and timeout say together how a page is read", () => {
  for (const { fields, render, timeoutMs } of RENDERING) {
    const { page } = orderOf({ url: "http://x", ...fields });
    assert.deepEqual([page.render, page.timeoutMs], [render, timeoutMs], JSON.stringify(fields));
  }
});

test("a wait_config with render_js false is refused, beside what else is wrong", () => {
  assert.deepEqual(refusalsOf({ url: "http://x", render_js: false, wait_config: {} }), [
    "render_js",
  ]);
  assert.deepEqual(
    refusalsOf({ url: "ftp:x", render_js: false, wait_config: {}, explain: 1, formats: ["x"] }),
    ["url", "formats.0", "render_js", "explain"],
  );
});

test("wait_for is CSS or XPath", () => {
  for (const selector of ["#a > b", "//div", "(//div)[1]", "xpath=/a[!]", "//a[!]"]) {
    assert.deepEqual(
      refusalsOf({ url: "http://x", wait_config: { wait_for: selector } }),
      [],
      selector,
    );
  }
  assert.deepEqual(refusalsOf({ url: "http://x", wait_config: { wait_for: "a!" } }), [
    "wait_config.wait_for",
  ]);
});

test("a country is written in capitals", () => {
  assert.equal(orderOf({ url: "http://x", proxy: { country: "de" } }).page.proxy?.country, "DE");
});

test("a refusal says what is allowed", () => {
  const body = { url: "http://x", formats: [], processing_mode: "later", timeout: 1 };
  const wanted = [
    "Needs at least one of markdown, html, text, content_html",
    "Must be one of sync, async",
    "Must be a whole number from 1000 to 300000",
  ];
  assert.throws(
    () => orderOf(body),
    (error) => {
      assert.ok(error instanceof ValidationError);
      assert.deepEqual(
        error.refusals.map(({ msg }) => msg),
        wanted,
      );
      return true;
    },
  );
});

test("selectors nested too deep are refused before they are compiled", () => {
  const nested = (depth: number) => `${":is([a=')']".repeat(depth)}${")".repeat(depth)}`;
  assert.equal(refusalsOf({ url: "http://x", include_selectors: [nested(10)] }).length, 0);
  const checked: string[] = [];
  const schema = createExtractRequestSchema({
    judgeUrl: (url) => ({ ok: true, url }),
    isSelector: (text) => checked.push(text) > 0,
  });
  const result = schema.safeParse({ url: "http://x", exclude_selectors: [nested(11)] });
  assert.match(result.error?.message ?? "", /Parentheses may be nested 10 deep at most/);
  assert.deepEqual(checked, []);
});
