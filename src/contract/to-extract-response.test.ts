import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE_REQUEST } from "../../test/support/page-request.ts";
import type { ExtractOrder } from "./extract-request.ts";
import { extractResponseSchema } from "./extract-response.ts";
import type { PageRequest, PageResult } from "./page.ts";
import { NO_METADATA } from "./page.ts";
import { toExtractResponse } from "./to-extract-response.ts";

const PAGE: PageRequest = { ...PAGE_REQUEST, url: "https://example.com/a" };

const ORDER: ExtractOrder = {
  processingMode: "sync",
  page: PAGE,
  asked: { proxy: null, headers: null, wait_config: null },
};

const RESULT: PageResult = {
  data: { markdown: "# A", html: null, text: null, contentHtml: null, links: null },
  page: { ...NO_METADATA, title: "A", publishedAt: "2026-01-30" },
  transfer: {
    httpStatus: 200,
    finalUrl: "https://example.com/b",
    contentType: "text/html",
    bytes: 10,
    redirects: ["https://example.com/b"],
  },
  rendered: false,
  durationMs: 12.6,
  retryCount: 1,
  trace: null,
};

// As in the contract, key by key: clients are strict, and readers see them in this order.
const LEAST = `{"data":{"markdown":"# A","html":null,"links":null},"metadata":{"url":"https://example.com/a","render_js":false,"http_status":200,"duration_ms":13,"retry_count":1,"formats":["markdown"],"processing_mode":"sync","response":{"final_url":"https://example.com/b","content_type":"text/html","bytes":10,"redirects":["https://example.com/b"]},"page":{"title":"A","description":null,"author":null,"published_at":"2026-01-30","modified_at":null,"language":null,"site_name":null,"canonical_url":null,"image":null,"type":null}},"tokens_charged":1}`;

test("a plain request gets the contract's keys, nulls among them, and no other", () => {
  assert.equal(JSON.stringify(toExtractResponse(ORDER, RESULT)), LEAST);
});

test("what only some requests ask for is there for them alone", () => {
  const order: ExtractOrder = {
    processingMode: "sync",
    page: { ...PAGE, formats: ["content_html", "markdown", "text", "html"], explain: true },
    asked: {
      proxy: { country: "DE", type: "mix" },
      headers: { Cookie: "secret", Accept: "text/html", "X-My-Token": "secret" },
      wait_config: { wait_until: "load", wait_for: null, wait_timeout: 5 },
    },
  };
  const result: PageResult = {
    ...RESULT,
    rendered: true,
    data: {
      markdown: "a",
      html: "b",
      text: "c",
      contentHtml: "d",
      links: ["https://example.com/"],
    },
    trace: [{ stage: "choose", ms: 1.4, notes: ["kept article"] }],
  };
  const { data, metadata } = toExtractResponse(order, result);
  assert.deepEqual(data, {
    markdown: "a",
    html: "b",
    links: ["https://example.com/"],
    text: "c",
    content_html: "d",
  });
  assert.deepEqual(Object.keys(metadata), [
    ...["url", "render_js", "http_status", "duration_ms", "retry_count", "formats"],
    ...["extra_formats", "processing_mode", "proxy", "headers", "wait_config"],
    ...["response", "page", "explain"],
  ]);
  assert.deepEqual(
    [metadata.render_js, metadata.formats, metadata.extra_formats],
    [true, ["markdown", "html"], ["content_html", "text"]],
  );
  assert.deepEqual(metadata.headers, { Cookie: "***", Accept: "text/html", "X-My-Token": "***" });
  assert.deepEqual(metadata.explain, {
    tries: 2,
    stages: [{ stage: "choose", duration_ms: 1, notes: ["kept article"] }],
  });
  assert.deepEqual(extractResponseSchema.parse({ data, metadata, tokens_charged: 1 }).data, data);
});
