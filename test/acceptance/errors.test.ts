import assert from "node:assert/strict";
import { STATUS_CODES } from "node:http";
import { after, before, test } from "node:test";
import type { ApiRequest } from "../support/api.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage, readRefusal, readValidation } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab({ QUERN_MAX_BODY_BYTES: "64 KiB" });
});
after(() => lab.stop());

const JSON_TYPE = { "content-type": "application/json" };
const post = (body: string | Uint8Array<ArrayBuffer>, headers = JSON_TYPE): ApiRequest => {
  return { method: "POST", path: "/v1/extract", headers, body };
};

const NOT_JSON: readonly { what: string; request: ApiRequest }[] = [
  { what: "half an object", request: post('{"url":') },
  { what: "no JSON", request: post("url=http://example.com") },
  { what: "an empty body", request: post("") },
  { what: "no body", request: { method: "POST", path: "/v1/extract", headers: JSON_TYPE } },
  { what: "neither body nor type", request: { method: "POST", path: "/v1/extract" } },
  { what: "bytes that are not UTF-8", request: post(Uint8Array.from([0x22, 0xff, 0xfe, 0x22])) },
  { what: "two values", request: post("{}{}") },
];

test("what is not JSON, or no body, is 400 INVALID_JSON", async () => {
  for (const { what, request } of NOT_JSON) {
    const answer = await lab.api.send(request);
    const { code, retryable } = readRefusal(answer, 400);
    assert.deepEqual([code, retryable], ["INVALID_JSON", false], what);
  }
});

test("JSON that is no object is a validation error", async () => {
  for (const body of ["null", "[]", '"http://example.com"', "1", "true"]) {
    const { code } = readValidation(await lab.api.send(post(body)));
    assert.equal(code, "VALIDATION_ERROR", body);
  }
});

const JSON_TYPES = [
  "application/json",
  "application/json; charset=utf-8",
  "Application/JSON;charset=UTF-8",
];

test("JSON is taken with any spelling of its type", async () => {
  for (const type of JSON_TYPES) {
    const body = JSON.stringify({ url: `${lab.site.url}/article` });
    readPage(await lab.api.send(post(body, { "content-type": type })));
  }
});

const OTHER_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "nonsense",
];

test("another content type is 415 UNSUPPORTED_MEDIA_TYPE", async () => {
  for (const type of OTHER_TYPES) {
    const answer = await lab.api.send(post("{}", { "content-type": type }));
    assert.equal(readRefusal(answer, 415).code, "UNSUPPORTED_MEDIA_TYPE", type);
  }
});

test("a body over QUERN_MAX_BODY_BYTES is 413 PAYLOAD_TOO_LARGE, one below is read", async () => {
  const bodyOf = (bytes: number) => {
    const start = `{"url":"${lab.site.url}/article","note":"`;
    return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
  };
  readPage(await lab.api.send(post(bodyOf(64 * 1024))));
  const answer = await lab.api.send(post(bodyOf(64 * 1024 + 1)));
  assert.equal(readRefusal(answer, 413).code, "PAYLOAD_TOO_LARGE");
});

test("an unknown address is 404 NOT_FOUND", async () => {
  for (const path of ["/v1/nothing", "/v1", "/nothing", "/", "/v1/extract/../../etc/passwd"]) {
    assert.equal(readRefusal(await lab.api.get(path), 404).code, "NOT_FOUND", path);
  }
  const { message } = readRefusal(await lab.api.get("/v1/extrakt?key=secret"), 404);
  assert.match(message, /POST \/v1\/extract\b.*\/docs/);
  assert.doesNotMatch(message, /secret/);
});

test("a wrong method is 405 with Allow", async () => {
  for (const method of ["PUT", "PATCH"]) {
    const answer = await lab.api.send({ method, path: "/v1/extract" });
    assert.equal(readRefusal(answer, 405).code, "METHOD_NOT_ALLOWED");
    assert.match(answer.headers.get("allow") ?? "", /\bPOST\b/);
  }
  const health = await lab.api.send({ method: "POST", path: "/health" });
  assert.equal(readRefusal(health, 405).code, "METHOD_NOT_ALLOWED");
  assert.match(health.headers.get("allow") ?? "", /\bGET\b/);
});

test("an Accept header that rules JSON out is 406 NOT_ACCEPTABLE", async () => {
  for (const accept of ["text/html", "image/*", "application/json;q=0"]) {
    const answer = await lab.api.send({ ...post("{}"), headers: { ...JSON_TYPE, accept } });
    assert.equal(readRefusal(answer, 406).code, "NOT_ACCEPTABLE", accept);
  }
});

test("an Accept header that lets JSON in is no hindrance", async () => {
  const body = JSON.stringify({ url: `${lab.site.url}/article` });
  for (const accept of ["*/*", "application/*", "application/json", "text/html, */*;q=0.1"]) {
    readPage(await lab.api.send({ ...post(body), headers: { ...JSON_TYPE, accept } }));
  }
});

test("leading slashes of the path are collapsed", async () => {
  const body = JSON.stringify({ url: `${lab.site.url}/article` });
  for (const path of ["//v1/extract", "////v1/extract"]) {
    readPage(await lab.api.send({ ...post(body), path }));
  }
});

test("every reply has a request id, and errors repeat it as correlation_id", async () => {
  const ids = new Set<string | null>();
  for (const path of ["/health", "/docs", "/openapi.json", "/metrics", "/v1/nothing"]) {
    ids.add((await lab.api.get(path)).headers.get("x-request-id"));
  }
  assert.equal(ids.size, 5);
  assert.ok(!ids.has(null));
  const answer = await lab.api.get("/v1/nothing");
  assert.equal(readRefusal(answer, 404).correlation_id, answer.headers.get("x-request-id"));
  const refused = await lab.api.extract({ url: "ftp://example.com" });
  const { correlation_id, error } = readValidation(refused);
  assert.equal(correlation_id, refused.headers.get("x-request-id"));
  assert.equal(error.correlation_id, correlation_id);
});

test("errors come with the standard reason phrase", async () => {
  const answers = [
    await lab.api.send({ path: "/v1/nothing", key: null }),
    await lab.api.get("/v1/nothing"),
    await lab.api.send(post("{")),
    await lab.api.send(post("{}", { "content-type": "text/plain" })),
    await lab.api.extract({}),
    await lab.api.send({ method: "PUT", path: "/v1/extract" }),
  ];
  for (const { status, reasonPhrase } of answers) {
    assert.equal(reasonPhrase, STATUS_CODES[status]);
  }
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 404, 400, 415, 422, 405],
  );
});

test("an error says nothing of the program's inside", async () => {
  const answers = [await lab.api.send(post("{")), await lab.api.get("/v1/nothing%00%ff")];
  for (const { text } of answers) {
    assert.doesNotMatch(text, /\bat .+:\d+:\d+|node_modules|\/src\/|SyntaxError/);
  }
});
