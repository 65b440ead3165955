import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createKey, isKnown, KNOWN_WITHIN_MS } from "../support/create-key.ts";
import { type Lab, startLab } from "../support/lab.ts";
import { runQuern } from "../support/run-quern.ts";
import { readFailure, readPage, readRefusal } from "../support/shapes.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const KEY_HEADERS = ["X-Api-Key", "x-api-key", "X-API-KEY", "x-aPI-keY"];

test("the key is read from X-Api-Key in any case", async () => {
  for (const name of KEY_HEADERS) {
    const { status } = await lab.api.send({
      path: "/v1/nothing",
      key: null,
      headers: { [name]: lab.quern.key },
    });
    assert.equal(status, 404, name);
  }
});

test("the key is read from a bearer token too", async () => {
  for (const scheme of ["Bearer", "bearer", "BEARER"]) {
    const headers = { authorization: `${scheme} ${lab.quern.key}` };
    const { status } = await lab.api.send({ path: "/v1/nothing", key: null, headers });
    assert.equal(status, 404, scheme);
  }
});

const WRONG_KEYS: readonly Readonly<Record<string, string>>[] = [
  {},
  { "x-api-key": "" },
  { "x-api-key": "wrong-key-0123456789abcdef" },
  { "x-api-key": `${"test-key-0123456789abcdef"}x` },
  { "x-api-key": "test-key-0123456789abcde" },
  { authorization: "Bearer" },
  { authorization: "Bearer wrong-key-0123456789abcdef" },
  { authorization: `Basic ${Buffer.from("test-key-0123456789abcdef:").toString("base64")}` },
];

test("a missing or wrong key is 401 and no page is asked for", async () => {
  lab.site.reset();
  for (const headers of WRONG_KEYS) {
    const answer = await lab.api.send({
      method: "POST",
      path: "/v1/extract",
      key: null,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ url: `${lab.site.url}/article` }),
    });
    const { code, retryable } = readRefusal(answer, 401);
    assert.deepEqual([code, retryable], ["UNAUTHORIZED", false], JSON.stringify(headers));
  }
  assert.equal(lab.site.requests.length, 0);
});

const BEHIND_THE_KEY = [
  { what: "404", request: { path: "/v1/nothing" } },
  { what: "404 outside of /v1", request: { path: "/" } },
  { what: "405", request: { method: "PUT", path: "/v1/extract" } },
  {
    what: "413",
    request: {
      method: "POST",
      path: "/v1/extract",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: "x".repeat(2 ** 21) }),
    },
  },
  {
    what: "415",
    request: {
      method: "POST",
      path: "/v1/extract",
      headers: { "content-type": "text/plain" },
      body: "x",
    },
  },
  {
    what: "400",
    request: {
      method: "POST",
      path: "/v1/extract",
      headers: { "content-type": "application/json" },
      body: "{",
    },
  },
];

test("401 comes before 404, 405, 413, 415 and 400", async () => {
  for (const { what, request } of BEHIND_THE_KEY) {
    const answer = await lab.api.send({ ...request, key: null });
    assert.equal(readRefusal(answer, 401).code, "UNAUTHORIZED", what);
  }
});

const OPEN_PATHS = ["/health", "/openapi.json", "/docs"];

test("health, the OpenAPI document and the reference need no key, and no wrong key closes them", async () => {
  for (const path of OPEN_PATHS) {
    for (const key of [null, "wrong-key-0123456789abcdef"]) {
      const { status } = await lab.api.send({ path, key });
      assert.equal(status, 200, `${path} with ${key}`);
    }
  }
});

test("a key made in the terminal works within 2 seconds, and stops within 2 after it is revoked", async () => {
  const { id, key } = await createKey(lab.quern, "--name", "brief");
  const revoked = await runQuern(["keys", "revoke", id], {
    env: { QUERN_DATA_DIR: lab.quern.dataDir },
  });
  assert.equal(revoked.code, 0, revoked.stderr);
  await waitUntil(async () => !(await isKnown(lab.quern, key)), KNOWN_WITHIN_MS);
});

test("a key with the scope read may not post: 403 FORBIDDEN", async () => {
  const { key } = await createKey(lab.quern, "--scope", "read");
  const answer = await extractWith(key);
  const { code, retryable } = readRefusal(answer, 403);
  assert.deepEqual([code, retryable], ["FORBIDDEN", false]);
});

test("keys with the scopes write and all may post", async () => {
  for (const scope of ["write", "all"]) {
    const { key } = await createKey(lab.quern, "--scope", scope);
    readPage(await extractWith(key));
  }
});

test("a key over its requests per minute gets 429 RATE_LIMITED with Retry-After", async () => {
  const { key } = await createKey(lab.quern, "--per-minute", "3");
  const answers = [];
  for (let index = 0; index < 4; index++) answers.push(await extractWith(key));
  const last = answers.at(-1);
  assert.ok(last !== undefined);
  const { code, retryable } = readRefusal(last, 429);
  assert.deepEqual([code, retryable], ["RATE_LIMITED", true]);
  const seconds = Number(last.headers.get("retry-after"));
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `${seconds} s`);
});

test("Retry-After of a GET is small, since clients sleep it in full", async () => {
  const { key } = await createKey(lab.quern, "--per-minute", "1");
  await waitUntil(async () => {
    return (await lab.api.send({ path: "/v1/nothing", key })).status === 429;
  }, 1000);
  const answer = await lab.api.send({ path: "/v1/nothing", key });
  assert.equal(readRefusal(answer, 429).code, "RATE_LIMITED");
  assert.match(answer.headers.get("retry-after") ?? "", /^[12]$/);
});

function extractWith(key: string) {
  return lab.api.send({
    method: "POST",
    path: "/v1/extract",
    key,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: `${lab.site.url}/article` }),
  });
}

test("the key does not travel to the target", async () => {
  lab.site.reset();
  readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  readFailure(await lab.api.extract({ url: `${lab.site.url}/status/404` }));
  for (const { rawHeaders } of lab.site.requests) {
    assert.ok(!rawHeaders.join("\n").includes(lab.quern.key));
  }
});
