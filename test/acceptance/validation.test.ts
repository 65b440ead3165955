import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage, readValidation } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const longText = (length: number) => "x".repeat(length);
const headersOf = (count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-Header-${index}`, value]));

interface BadField {
  readonly what: string;
  /** Beside a URL that is good. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly loc: readonly (string | number)[];
}

const BAD_FIELDS: readonly BadField[] = [
  { what: "a URL that is a number", fields: { url: 1 }, loc: ["url"] },
  { what: "a URL that is null", fields: { url: null }, loc: ["url"] },
  { what: "an empty URL", fields: { url: "" }, loc: ["url"] },
  { what: "no format", fields: { formats: [] }, loc: ["formats"] },
  { what: "a format twice", fields: { formats: ["html", "html"] }, loc: ["formats"] },
  { what: "an unknown format", fields: { formats: ["html", "pdf"] }, loc: ["formats", 1] },
  { what: "a format that is no list", fields: { formats: "html" }, loc: ["formats"] },
  { what: "render_js as a word", fields: { render_js: "yes" }, loc: ["render_js"] },
  { what: "an unknown mode", fields: { processing_mode: "later" }, loc: ["processing_mode"] },
  { what: "a proxy that is no object", fields: { proxy: "US" }, loc: ["proxy"] },
  { what: "a long country", fields: { proxy: { country: "USA" } }, loc: ["proxy", "country"] },
  { what: "an unknown proxy type", fields: { proxy: { type: "tor" } }, loc: ["proxy", "type"] },
  { what: "headers as a list", fields: { headers: [] }, loc: ["headers"] },
  { what: "a header of numbers", fields: { headers: { "X-A": 1 } }, loc: ["headers", "X-A"] },
  { what: "51 headers", fields: { headers: headersOf(51, "x") }, loc: ["headers"] },
  {
    what: "17 KiB of headers",
    fields: { headers: headersOf(17, longText(1024)) },
    loc: ["headers"],
  },
  {
    what: "an unknown event",
    fields: { render_js: true, wait_config: { wait_until: "idle" } },
    loc: ["wait_config", "wait_until"],
  },
  {
    what: "a selector that is none",
    fields: { render_js: true, wait_config: { wait_for: "div[" } },
    loc: ["wait_config", "wait_for"],
  },
  {
    what: "a selector of 4097 characters",
    fields: { render_js: true, wait_config: { wait_for: longText(4097) } },
    loc: ["wait_config", "wait_for"],
  },
  {
    what: "a pause of more than 30 s",
    fields: { render_js: true, wait_config: { wait_timeout: 30_001 } },
    loc: ["wait_config", "wait_timeout"],
  },
  {
    what: "a negative pause",
    fields: { render_js: true, wait_config: { wait_timeout: -1 } },
    loc: ["wait_config", "wait_timeout"],
  },
  { what: "extract_links as a word", fields: { extract_links: "yes" }, loc: ["extract_links"] },
  { what: "a timeout below 1 s", fields: { timeout: 999 }, loc: ["timeout"] },
  { what: "a timeout above 5 min", fields: { timeout: 300_001 }, loc: ["timeout"] },
  { what: "a timeout with a fraction", fields: { timeout: 1500.5 }, loc: ["timeout"] },
  { what: "a timeout as text", fields: { timeout: "1500" }, loc: ["timeout"] },
  { what: "explain as a number", fields: { explain: 1 }, loc: ["explain"] },
  {
    what: "only_main_content as text",
    fields: { only_main_content: "" },
    loc: ["only_main_content"],
  },
  {
    what: "21 selectors",
    fields: { include_selectors: Array(21).fill("p") },
    loc: ["include_selectors"],
  },
  {
    what: "selectors of more than 8 KiB in both lists together",
    fields: {
      include_selectors: [`.${"a".repeat(4000)}`, `.${"b".repeat(4000)}`],
      exclude_selectors: [`.${"c".repeat(400)}`],
    },
    loc: ["exclude_selectors"],
  },
  {
    what: "a selector that cannot be matched",
    fields: { exclude_selectors: ["nav", "div["] },
    loc: ["exclude_selectors", 1],
  },
];

test("each bad field is named by its place, and no page is asked for", async () => {
  lab.site.reset();
  for (const { what, fields, loc } of BAD_FIELDS) {
    const body = readValidation(
      await lab.api.extract({ url: `${lab.site.url}/article`, ...fields }),
    );
    assert.deepEqual(
      body.detail.map((entry) => entry.loc),
      [["body", ...loc]],
      what,
    );
  }
  assert.equal(lab.site.requests.length, 0);
});

test("a missing url is named as missing", async () => {
  const { detail } = readValidation(await lab.api.extract({}));
  assert.deepEqual(detail, [{ type: "missing", loc: ["body", "url"], msg: detail[0]?.msg }]);
});

test("several bad fields are named at once, in the order of the contract", async () => {
  const { detail, error } = readValidation(
    await lab.api.extract({
      timeout: 1,
      extract_links: 3,
      headers: { Host: "example.com" },
      formats: [],
      url: "ftp://example.com/",
    }),
  );
  assert.deepEqual(
    detail.map(({ loc }) => loc[1]),
    ["url", "formats", "headers", "extract_links", "timeout"],
  );
  assert.equal(error.code, "INVALID_URL", "the first entry decides");
});

const VENDOR_CODES = [
  { fields: { url: "ftp://example.com/" }, code: "INVALID_URL" },
  { fields: { url: undefined }, code: "INVALID_URL" },
  {
    fields: { render_js: true, wait_config: { wait_for: "div[" } },
    code: "INVALID_WAIT_FOR_SELECTOR",
  },
  { fields: { timeout: 1 }, code: "UNPROCESSABLE_CONTENT" },
  { fields: { formats: ["pdf"] }, code: "UNPROCESSABLE_CONTENT" },
];

test("validation answers in the shape of the vendor's client too", async () => {
  for (const { fields, code } of VENDOR_CODES) {
    const body = { url: `${lab.site.url}/article`, ...fields };
    const { error, retryable } = readValidation(await lab.api.extract(body));
    assert.equal(error.code, code);
    assert.equal(error.retryable, false);
    assert.equal(retryable, false);
  }
});

const REFUSED_HEADERS = [
  ...["Host", "content-length", "Connection", "transfer-encoding", "Accept-Encoding"],
  ...["Keep-Alive", "TE", "Trailer", "Upgrade", "Proxy-Authorization", "Proxy-Connection"],
];

test("headers that steer the connection are refused by name", async () => {
  for (const name of REFUSED_HEADERS) {
    const body = { url: `${lab.site.url}/article`, headers: { [name]: "x" } };
    const { detail } = readValidation(await lab.api.extract(body));
    assert.deepEqual(
      detail.map(({ loc }) => loc),
      [["body", "headers", name]],
    );
  }
});

test("header names and values that would break the request are refused", async () => {
  const bad = { "X-A": "one\r\nX-B: two", "X-C": "nul\0", "X D": "x", "": "x", "X-E": "snow ☃" };
  for (const [name, value] of Object.entries(bad)) {
    const body = { url: `${lab.site.url}/article`, headers: { [name]: value } };
    readValidation(await lab.api.extract(body));
  }
});

test("wait_config with render_js false is refused with what to do", async () => {
  const { detail } = readValidation(
    await lab.api.extract({
      url: `${lab.site.url}/article`,
      render_js: false,
      wait_config: { wait_timeout: 100 },
    }),
  );
  assert.match(detail[0]?.msg ?? "", /set render_js to true/);
});

test("null of an optional field means its default", async () => {
  const answer = await lab.api.extract({
    url: `${lab.site.url}/article`,
    formats: null,
    render_js: null,
    processing_mode: null,
    proxy: null,
    headers: null,
    wait_config: null,
    extract_links: null,
    timeout: null,
    explain: null,
    only_main_content: null,
    include_selectors: null,
    exclude_selectors: null,
  });
  const { data, metadata } = readPage(answer);
  assert.equal(typeof data.html, "string");
  assert.deepEqual([data.markdown, data.links], [null, null]);
  assert.deepEqual([metadata.formats, metadata.processing_mode], [["html"], "sync"]);
  for (const name of ["proxy", "headers", "wait_config", "extra_formats", "explain"]) {
    assert.ok(!Object.hasOwn(metadata, name), name);
  }
});

test("the limits themselves are allowed", async () => {
  const url = `${lab.site.url}/article`;
  for (const timeout of [1000, 300_000]) readPage(await lab.api.extract({ url, timeout }));
  readPage(await lab.api.extract({ url, headers: headersOf(50, "x") }));
  readPage(await lab.api.extract({ url, exclude_selectors: Array(20).fill("nav") }));
});

test("unknown fields are ignored and named in X-Ignored-Fields", async () => {
  const answer = await lab.api.extract({
    url: `${lab.site.url}/article`,
    formatts: ["markdown"],
    proxyy: null,
  });
  readPage(answer);
  assert.deepEqual(ignoredFields(answer.headers), ["formatts", "proxyy"]);
});

test("X-Ignored-Fields is absent where every field is known", async () => {
  const answer = await lab.api.extract({ url: `${lab.site.url}/article` });
  assert.equal(answer.headers.get("x-ignored-fields"), null);
});

test("X-Ignored-Fields percent-encodes odd names, also of nested fields", async () => {
  const answer = await lab.api.extract({
    url: `${lab.site.url}/article`,
    "größe, x\r\n": 1,
    headers: { "X-Kept": "1" },
  });
  assert.deepEqual(ignoredFields(answer.headers), ["gr%C3%B6%C3%9Fe%2C%20x%0D%0A"]);
  const nested = await lab.api.extract({ url: "ftp://x", proxy: { land: "US" } });
  assert.deepEqual(ignoredFields(nested.headers), ["proxy.land"]);
});

test("X-Ignored-Fields names at most 20 fields in at most 1 KiB", async () => {
  const url = `${lab.site.url}/article`;
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1]));
  const byCount = await lab.api.extract({ url, ...many });
  assert.equal(ignoredFields(byCount.headers).length, 20);
  const long = Object.fromEntries(
    Array.from({ length: 15 }, (_, index) => [`${index}${longText(200)}`, 1]),
  );
  const bySize = await lab.api.extract({ url, ...long });
  const header = bySize.headers.get("x-ignored-fields") ?? "";
  assert.ok(header.length > 0 && header.length <= 1024, `${header.length} bytes`);
});

function ignoredFields(headers: Headers): string[] {
  return (headers.get("x-ignored-fields") ?? "").split(",").map((name) => name.trim());
}

const BAD_URLS = [
  { url: "example.com", reason: null },
  { url: "/path", reason: null },
  { url: "file:///etc/passwd", reason: null },
  { url: "ftp://example.com/", reason: null },
  { url: "javascript:alert(1)", reason: null },
  { url: "data:text/html,x", reason: null },
  { url: "http://", reason: null },
  { url: "http://exa mple.com/", reason: null },
  { url: "http://[::1", reason: null },
  { url: "http://user:secret@example.com/", reason: null },
];

test("URLs that are not absolute http or https, have no good host or carry credentials are refused", async () => {
  for (const { url } of BAD_URLS) {
    const { detail, error } = readValidation(await lab.api.extract({ url }));
    assert.deepEqual(
      detail.map(({ loc }) => loc),
      [["body", "url"]],
      url,
    );
    assert.equal(error.code, "INVALID_URL", url);
    assert.doesNotMatch(JSON.stringify(detail), /secret/);
  }
});
