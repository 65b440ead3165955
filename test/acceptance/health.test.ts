import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createApi } from "../support/api.ts";
import { readHealth } from "../support/shapes.ts";
import { type Quern, startQuern } from "../support/start-quern.ts";

let quern: Quern;
before(async () => {
  quern = await startQuern();
});
after(() => quern.stop());

test("GET /health answers 200 ok without a key, with service, time and version", async () => {
  const answer = await createApi(quern).send({ path: "/health", key: null });
  const { service, status, timestamp } = readHealth(answer, 200);
  assert.deepEqual([service, status], ["quern", "ok"]);
  assert.match(timestamp, /Z$/);
  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
});

test("HEAD /health tells the same without a body", async () => {
  const answer = await createApi(quern).send({ method: "HEAD", path: "/health", key: null });
  assert.deepEqual([answer.status, answer.text], [200, ""]);
});
