import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DOOR_KEYS, type HttpDoor, startHttpDoor } from "../../../../test/support/http-door.ts";
import { readRefusal } from "../../../../test/support/shapes.ts";
import { RequestError } from "../../../contract/app-error.ts";

let door: HttpDoor;
before(async () => {
  door = await startHttpDoor();
});
after(() => door.stop());

const statusOf = async (headers: Record<string, string>, path = "/v1/nothing") =>
  (await door.api.send({ path, key: null, headers })).status;

test("a key opens the door from either header", async () => {
  assert.equal(await statusOf({ "X-API-Key": DOOR_KEYS.all }), 404);
  assert.equal(await statusOf({ authorization: `bearer  ${DOOR_KEYS.all}` }), 404);
});

test("X-Api-Key counts where both came", async () => {
  const authorization = `Bearer ${DOOR_KEYS.all}`;
  assert.equal(await statusOf({ "x-api-key": "wrong", authorization }), 401);
  assert.equal(await statusOf({ "x-api-key": DOOR_KEYS.all, authorization: "Bearer wrong" }), 404);
});

test("a 401 says how to ask, and comes before all that is behind it", async () => {
  for (const request of [
    { path: "/v1/nothing" },
    { path: "/" },
    { path: "/%" },
    { path: "/v1/extract", method: "PUT" },
    { path: "/v1/extract", method: "POST", headers: { accept: "text/html" } },
    { path: "/v1/extract", method: "POST", headers: { "content-type": "text/x" }, body: "x" },
    { path: "/v1/extract", method: "POST", body: "x".repeat(100_000) },
  ]) {
    const answer = await door.api.send({ ...request, key: null });
    assert.equal(readRefusal(answer, 401).code, "UNAUTHORIZED");
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer /);
  }
});

const OPEN_PATHS = ["/health", "/openapi.json", "/docs", "//docs"];

test("open paths ask for no key, and answer a wrong method without one", async () => {
  for (const path of OPEN_PATHS) {
    assert.equal(await statusOf({}, path), 200, path);
    assert.equal(await statusOf({ "x-api-key": "wrong" }, path), 200, path);
    const wrong = await door.api.send({ method: "DELETE", path, key: null });
    assert.equal(readRefusal(wrong, 405).code, "METHOD_NOT_ALLOWED");
  }
});

test("metrics are open to this machine, unless a proxy speaks for somebody", async () => {
  assert.equal(await statusOf({}, "/metrics"), 200);
  assert.equal(await statusOf({ "x-forwarded-for": "203.0.113.9" }, "/metrics"), 401);
  const headers = { "x-forwarded-for": "203.0.113.9", "x-api-key": DOOR_KEYS.all };
  assert.equal(await statusOf(headers, "/metrics"), 200);
});

const SCOPES = [
  { key: DOOR_KEYS.read, method: "POST", path: "/v1/extract", status: 403 },
  { key: DOOR_KEYS.read, method: "GET", path: "/v1/extract", status: 405 },
  { key: DOOR_KEYS.read, method: "POST", path: "/v1/nothing", status: 404 },
  { key: DOOR_KEYS.write, method: "POST", path: "/v1/extract", status: 400 },
  { key: DOOR_KEYS.all, method: "POST", path: "/v1/extract", status: 400 },
];

test("a key's scope decides after the path and the method", async () => {
  for (const { key, method, path, status } of SCOPES) {
    const answer = await door.api.send({ method, path, key });
    assert.equal(answer.status, status, `${key} ${method} ${path}`);
  }
  const forwarded = { via: "1.1 proxy" };
  const read = await door.api.send({ path: "/metrics", key: DOOR_KEYS.read, headers: forwarded });
  const write = await door.api.send({ path: "/metrics", key: DOOR_KEYS.write, headers: forwarded });
  assert.deepEqual([read.status, write.status], [200, 403]);
});

test("keys that can't be looked up are 503, not 401", async () => {
  const closed = await startHttpDoor({
    services: {
      authenticate: async () => {
        throw new RequestError("UNAVAILABLE", { cause: new Error("disk full") });
      },
    },
  });
  try {
    const answer = await closed.api.get("/v1/nothing");
    assert.equal(readRefusal(answer, 503).code, "UNAVAILABLE");
    assert.equal(answer.headers.get("retry-after"), "1");
    assert.doesNotMatch(answer.text, /disk/);
  } finally {
    await closed.stop();
  }
});
