import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import {
  DOOR_JOB_ID,
  DOOR_PAGE,
  type HttpDoor,
  startHttpDoor,
  withDoorJobs,
} from "../../../../test/support/http-door.ts";
import { readPage, readValidation } from "../../../../test/support/shapes.ts";
import { extractResponseSchema } from "../../../contract/extract-response.ts";
import type { ExtractCall } from "../../../services/extract.ts";
import type { SubmitCall } from "../../../services/jobs.ts";

let door: HttpDoor;
const calls: ExtractCall[] = [];
before(async () => {
  const extract = async (call: ExtractCall) => {
    calls.push(call);
    return DOOR_PAGE;
  };
  door = await startHttpDoor({ services: { extract } });
});
after(() => door.stop());

test("the service gets the order, the key, the request's id and a signal that is not aborted", async () => {
  const answer = await door.api.extract(
    { url: "https://example.com", formats: ["markdown", "html"], timeout: 5000 },
    { "x-request-id": "my-id" },
  );
  readPage(answer);
  const call = calls.at(-1);
  assert.deepEqual(
    [
      call?.order.page.url,
      call?.order.page.timeoutMs,
      call?.key.id,
      call?.requestId,
      call?.signal.aborted,
    ],
    ["https://example.com/", 5000, "id-of-all", "my-id", false],
  );
});

test("an answer is JSON in UTF-8 that no cache keeps and no browser takes for something else", async () => {
  const { headers, reasonPhrase } = await door.api.extract({ url: "https://example.com/" });
  assert.equal(reasonPhrase, "OK");
  assert.equal(headers.get("content-type"), "application/json; charset=utf-8");
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
});

test("an async request is a job: 202 with where it is polled, and no page is asked for", async () => {
  const submitted: SubmitCall[] = [];
  const submit = async (call: SubmitCall) => {
    submitted.push(call);
    return { jobId: DOOR_JOB_ID };
  };
  const asked = calls.length;
  await withDoorJobs({ submit }, async ({ api }) => {
    const body = { url: "https://example.com", processing_mode: "async", formatts: [] };
    const answer = await api.extract(body, { "idempotency-key": "order-1", "x-request-id": "id" });
    assert.equal(answer.status, 202);
    assert.deepEqual(answer.json(), {
      job_id: DOOR_JOB_ID,
      status: "queued",
      status_url: `/v1/extract/${DOOR_JOB_ID}`,
      estimated_tokens: 1,
    });
    assert.equal(answer.headers.get("x-ignored-fields"), "formatts");
    await api.extract({ ...body, formatts: undefined });
  });
  assert.deepEqual(
    submitted.map(({ idempotencyKey }) => idempotencyKey),
    ["order-1", null],
  );
  const [first] = submitted;
  assert.deepEqual(
    [first?.order.processingMode, first?.order.page.url, first?.key.id, first?.requestId],
    ["async", "https://example.com/", "id-of-all", "id"],
  );
  assert.equal(calls.length, asked);
});

test("an Idempotency-Key that is none is named, and only where it means something", async () => {
  const submit = async () => assert.fail("submitted");
  await withDoorJobs({ submit }, async ({ api }) => {
    for (const key of ["", "a b", "x".repeat(256), "caf\u00e9"]) {
      const headers = { "idempotency-key": key };
      const body = { url: "https://example.com/", processing_mode: "async" };
      const { detail, error } = readValidation(await api.extract(body, headers));
      assert.deepEqual(
        detail.map(({ loc }) => loc),
        [["header", "Idempotency-Key"]],
      );
      assert.equal(error.code, "UNPROCESSABLE_CONTENT");
      readPage(await api.extract({ url: "https://example.com/" }, headers));
    }
  });
});

test("unknown fields are named on success and on refusal", async () => {
  const good = await door.api.extract({ url: "https://example.com/", formatts: 1 });
  readPage(good);
  assert.equal(good.headers.get("x-ignored-fields"), "formatts");
  const bad = await door.api.extract({ urll: "https://example.com/", proxy: { land: 1 } });
  assert.deepEqual(readValidation(bad).detail[0]?.loc, ["body", "url"]);
  assert.equal(bad.headers.get("x-ignored-fields"), "urll, proxy.land");
});

test("a refused URL says why in its details", async () => {
  const { details, error } = readValidation(await door.api.extract({ url: "ftp://example.com/" }));
  assert.deepEqual([details, error.details], [{ reason: "scheme" }, { reason: "scheme" }]);
});

test("text with lone surrogates goes out well-formed", async () => {
  const odd = await startHttpDoor({
    services: {
      extract: async () => ({ ...DOOR_PAGE, data: { ...DOOR_PAGE.data, markdown: "a\ud800b" } }),
    },
  });
  const answer = await odd.api.extract({ url: "https://example.com/" });
  assert.equal(readPage(answer).data.markdown, "a\ufffdb");
  await odd.stop();
});

test("whatever JSON is posted, the answer is a page or a refusal", async () => {
  const known = fc.constantFrom(
    ...["url", "formats", "render_js", "processing_mode", "proxy", "headers", "wait_config"],
    ...["timeout", "include_selectors", "__proto__", "constructor"],
  );
  const body = fc.oneof(
    fc.json({ maxDepth: 5 }),
    fc.dictionary(known, fc.jsonValue({ maxDepth: 3, stringUnit: "binary" })).map(toJsonWithUrl),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const answer = await door.api.send({
        method: "POST",
        path: "/v1/extract",
        headers: { "content-type": "application/json" },
        body: text,
      });
      if (answer.status === 200) extractResponseSchema.parse(answer.json());
      else readValidation(answer);
    }),
    { numRuns: 200 },
  );
});

function toJsonWithUrl(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ url: "https://example.com/", ...fields });
}
