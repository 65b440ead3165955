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

function messagesOf(value: unknown): (readonly [field: string, message: string])[] {
  try {
    orderOf(value);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.refusals.map(({ loc, msg }) => [loc.slice(1).join("."), msg]);
  }
  return [];
}

const refusalsOf = (value: unknown) => messagesOf(value).map(([field]) => field);

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

const FORMAT_LIST =
  "Must be a list of one or more of markdown, html, text, content_html, each at most once";
const FORMAT = "Must be one of markdown, html, text, content_html";
const FLAG = "Must be true or false";
const SELECTOR_LIST = "Must be a list of at most 20 CSS selectors";
const SELECTOR = "Must be a CSS selector that can be matched, of 1 to 4096 characters";
const WAIT_FOR =
  "Must be a CSS selector, or an XPath that starts with //, (// or xpath=, of 1 to 4096 characters";

interface Wrong {
  readonly field: string;
  readonly values: readonly unknown[];
  readonly message: string;
}

/** The wrong types of each field, then what is empty or out of range. */
const WRONG: readonly Wrong[] = [
  {
    field: "url",
    values: [1, true, null, [], {}, ""],
    message: "Must be an absolute http or https URL",
  },
  { field: "formats", values: ["html", 1, {}, [], ["html", "html"]], message: FORMAT_LIST },
  { field: "formats.0", values: [["pdf"], [1], [null], [""]], message: FORMAT },
  {
    field: "render_js",
    values: ["yes", "", 1, [], {}],
    message: 'Must be true, false or "auto"',
  },
  {
    field: "processing_mode",
    values: ["later", "", 1, true, [], {}],
    message: "Must be one of sync, async",
  },
  {
    field: "proxy",
    values: ["US", "", 1, true, []],
    message: "Must be an object that may hold country, type",
  },
  {
    field: "proxy.country",
    values: [{ country: "USA" }, { country: "" }, { country: 1 }, { country: [] }],
    message: "Must be a two-letter country code",
  },
  {
    field: "proxy.type",
    values: [{ type: "tor" }, { type: "" }, { type: 1 }],
    message: "Must be one of residential, datacenter, mix",
  },
  {
    field: "headers",
    values: ["A: b", "", 1, true, []],
    message: "Must be an object of at most 50 header names with their values",
  },
  {
    field: "headers.A",
    values: [{ A: 1 }, { A: null }, { A: [] }],
    message: "Must be text, the header's value",
  },
  {
    field: "wait_config",
    values: ["load", "", 1, true, []],
    message: "Must be an object that may hold wait_until, wait_for, wait_timeout",
  },
  {
    field: "wait_config.wait_until",
    values: [{ wait_until: "idle" }, { wait_until: "" }, { wait_until: 1 }],
    message: "Must be one of commit, domcontentloaded, load, networkidle",
  },
  {
    field: "wait_config.wait_for",
    values: [{ wait_for: "" }, { wait_for: "a!" }, { wait_for: 1 }, { wait_for: "p".repeat(4097) }],
    message: WAIT_FOR,
  },
  {
    field: "wait_config.wait_timeout",
    values: [
      ...[{ wait_timeout: -1 }, { wait_timeout: 30_001 }, { wait_timeout: 1.5 }],
      { wait_timeout: "1" },
    ],
    message: "Must be a whole number from 0 to 30000",
  },
  { field: "extract_links", values: ["yes", "", 1, [], {}], message: FLAG },
  {
    field: "timeout",
    values: ["1500", "", 999, 300_001, 1500.5, 1e99, true, [], {}],
    message: "Must be a whole number from 1000 to 300000",
  },
  { field: "explain", values: ["yes", "", 1, [], {}], message: FLAG },
  { field: "only_main_content", values: ["yes", "", 1, [], {}], message: FLAG },
  {
    field: "include_selectors",
    values: ["p", "", 1, {}, Array(21).fill("p")],
    message: SELECTOR_LIST,
  },
  {
    field: "include_selectors.0",
    values: [[""], ["p!"], [1], [null], ["p".repeat(4097)]],
    message: SELECTOR,
  },
  { field: "exclude_selectors", values: ["p", 1, {}, Array(21).fill("p")], message: SELECTOR_LIST },
  { field: "exclude_selectors.0", values: [[""], ["p!"], [1]], message: SELECTOR },
];

test("whatever is wrong with a field, its refusal says what is allowed", () => {
  for (const { field, values, message } of WRONG) {
    const [name = field] = field.split(".");
    for (const value of values) {
      assert.deepEqual(
        messagesOf({ url: "http://x", [name]: value }),
        [[field, message]],
        `${field}: ${JSON.stringify(value).slice(0, 50)}`,
      );
    }
  }
});

test("each field has a wrong value above", () => {
  const tried = new Set(WRONG.map(({ field }) => field.split(".")[0]));
  assert.deepEqual([...tried], Object.keys(schema.shape));
});

test("a body that is no object is told what it must be", () => {
  for (const body of [1, "text", true, null, []]) {
    assert.deepEqual(messagesOf(body), [["", "Must be a JSON object with at least a url"]]);
  }
});

test("all selectors together have 8 KiB, and the list that exceeds them is named", () => {
  const full = [`.${"a".repeat(4095)}`, `.${"b".repeat(4095)}`];
  const message =
    "Selectors may be 8192 characters long, those of include_selectors and exclude_selectors together";
  const refused = (include_selectors: string[], exclude_selectors: string[]) =>
    messagesOf({ url: "http://x", include_selectors, exclude_selectors });
  assert.deepEqual(refused(full, []), []);
  assert.deepEqual(refused([], full), []);
  assert.deepEqual(refused([...full, "p"], ["q"]), [["include_selectors", message]]);
  assert.deepEqual(refused(full, ["p"]), [["exclude_selectors", message]]);
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
