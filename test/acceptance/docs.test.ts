import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { z } from "zod";
import { type Api, createApi } from "../support/api.ts";
import { type Quern, startQuern } from "../support/start-quern.ts";

let quern: Quern;
let api: Api;
before(async () => {
  quern = await startQuern();
  api = createApi(quern);
});
after(() => quern.stop());

const openApi = z.object({
  openapi: z.string().regex(/^3\.1\./),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});

async function readOpenApi() {
  const { status, headers, text } = await api.send({ path: "/openapi.json", key: null });
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^application\/json/);
  return { text, document: openApi.parse(JSON.parse(text)) };
}

test("the OpenAPI document is 3.1 and names every endpoint that answers", async () => {
  const { document } = await readOpenApi();
  const operations = {
    "/v1/extract": ["post"],
    "/v1/extract/{job_id}": ["get", "delete"],
    "/v1/extract/{job_id}/events": ["get"],
    "/v1/extract/jobs": ["get"],
    "/v1/statistics": ["get"],
    "/v1/usage/concurrency": ["get"],
    "/health": ["get"],
    "/metrics": ["get"],
  };
  for (const [path, methods] of Object.entries(operations)) {
    for (const method of methods) {
      assert.ok(document.paths[path]?.[method] !== undefined, `${method} ${path}`);
    }
  }
});

test("every reference inside the OpenAPI document leads somewhere", async () => {
  const { text } = await readOpenApi();
  const document: unknown = JSON.parse(text);
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? "");
  assert.ok(references.length > 0);
  for (const reference of new Set(references)) {
    const target = reference
      .split("/")
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>(step, document);
    assert.notEqual(target, undefined, reference);
  }
});

function step(node: unknown, name: string): unknown {
  return typeof node === "object" && node !== null ? Reflect.get(node, name) : undefined;
}

test("every field of the request is in the OpenAPI document", async () => {
  const { document } = await readOpenApi();
  const schema = JSON.stringify(document.components.schemas);
  const fields = [
    ...["url", "formats", "render_js", "processing_mode", "proxy", "headers", "wait_config"],
    ...["extract_links", "timeout", "explain", "only_main_content", "include_selectors"],
    ...["exclude_selectors"],
  ];
  for (const field of fields) assert.ok(schema.includes(`"${field}":`), field);
});

test("the reference is a page of its own that loads nothing from elsewhere", async () => {
  const { status, headers, text } = await api.send({ path: "/docs", key: null });
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^text\/html; charset=utf-8/i);
  assert.match(text, /POST[\s\S]{0,200}\/v1\/extract/);
  const loaded = [...text.matchAll(/<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)="([^"]+)"/g)];
  for (const [, address = ""] of loaded) {
    assert.doesNotMatch(address, /^(https?:)?\/\//, address);
    const path = new URL(address, `${quern.url}/docs`).pathname;
    assert.equal((await api.send({ path, key: null })).status, 200, path);
  }
});

test("the reference names every error code of the contract", async () => {
  const { text } = await api.send({ path: "/docs", key: null });
  const codes = [
    ...["INVALID_JSON", "VALIDATION_ERROR", "UNAUTHORIZED", "FORBIDDEN", "PAYLOAD_TOO_LARGE"],
    ...["UNSUPPORTED_MEDIA_TYPE", "RATE_LIMITED", "WORK_CONCURRENCY_LIMITED", "UNAVAILABLE"],
    ...["INVALID_URL", "NETWORK_ERROR", "TIMEOUT", "TEMPORARY_BLOCK", "PERMANENT_BLOCK"],
    ...["CAPTCHA_CHALLENGE", "AUTH_REQUIRED", "UNPROCESSABLE_CONTENT", "PROXY_ERROR"],
  ];
  for (const code of codes) assert.ok(text.includes(code), code);
});
