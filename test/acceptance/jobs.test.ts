import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiAnswer } from "../support/api.ts";
import { createKey } from "../support/create-key.ts";
import { countVisits, endOf, isOpen, submitHeldJob, submitJob } from "../support/jobs.ts";
import { type Lab, startLab, withLab } from "../support/lab.ts";
import {
  readBadParameters,
  readCancelled,
  readJob,
  readJobList,
  readPage,
  readRefusal,
} from "../support/shapes.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  // Two pages of the site at once: a third job stays queued.
  lab = await startLab({ QUERN_HOST_CONCURRENCY: "2" });
});
after(() => lab.stop());

const pathOf = (id: string) => `/v1/extract/${id}`;
const getJob = (id: string, query = "") => lab.api.get(pathOf(id) + query);
const remove = (id: string, query = "") =>
  lab.api.send({ method: "DELETE", path: pathOf(id) + query });

test("an async extraction is 202 with where it is polled, and GET has its page", async () => {
  const formats = ["markdown", "html", "text"];
  const fields = { formats, extract_links: true, headers: { "X-Token": "swordfish" } };
  const id = await submitJob(lab, "/article", { fields });
  const job = await endOf(lab, id);
  assert.equal(job.status, "completed");
  const sync = readPage(await lab.api.extract({ url: `${lab.site.url}/article`, ...fields }));
  assert.deepEqual(job.data, sync.data, "the same as at once");
  assert.deepEqual(job.metadata?.headers, { "X-Token": "***" });
  assert.equal(job.metadata?.processing_mode, "async");
  assert.ok(job.completed_at !== null && job.completed_at >= job.created_at);
});

test("an open job has nulls where nothing is known, and says when to ask again", async () => {
  const id = await submitHeldJob(lab, "open");
  const answer = await getJob(id);
  assert.equal(readJob(answer).status, "processing");
  assert.match(answer.headers.get("retry-after") ?? "", /^[12]$/);
  assert.equal(answer.headers.get("x-result-expires"), null);
  lab.site.release();
  assert.equal((await endOf(lab, id)).status, "completed");
});

test("a final job says until when its result is kept", async () => {
  const id = await submitJob(lab, "/article");
  const { completed_at } = await endOf(lab, id);
  const answer = await getJob(id);
  const expires = Date.parse(answer.headers.get("x-result-expires") ?? "");
  const kept = expires - Date.parse(completed_at ?? "");
  assert.ok(Math.abs(kept - 72 * 3_600_000) < 1000, `${kept} ms`);
  assert.equal(answer.headers.get("retry-after"), null);
});

test("a job that fails has its error and no data, and costs nothing", async () => {
  const job = await endOf(lab, await submitJob(lab, "/status/404"));
  assert.equal(job.status, "failed");
  assert.equal(job.error?.code, "UNPROCESSABLE_CONTENT");
  assert.equal(job.error?.details?.["reason"], "http_404");
  assert.equal(job.metadata?.url, `${lab.site.url}/status/404`);
});

test("wait answers as soon as the job is final, or after its time with the present state", async () => {
  const id = await submitHeldJob(lab, "wait");
  const begin = performance.now();
  assert.equal(readJob(await getJob(id, "?wait=1")).status, "processing");
  assert.ok(performance.now() - begin >= 990);
  const waiting = getJob(id, "?wait=60");
  lab.site.release();
  assert.equal(readJob(await waiting).status, "completed");
  assert.ok(performance.now() - begin < 30_000);
});

test("ETag and If-None-Match give 304 until the state changes", async () => {
  const id = await submitHeldJob(lab, "etag");
  const etag = (await getJob(id)).headers.get("etag") ?? "";
  assert.match(etag, /^"[^"]+"$/);
  const ask = (header: string, query = ""): Promise<ApiAnswer> =>
    lab.api.send({ path: pathOf(id) + query, headers: { "if-none-match": header } });
  for (const header of [etag, `"other", W/${etag}`, "*"]) {
    const { status, text, headers } = await ask(header);
    assert.deepEqual([status, text, headers.get("etag")], [304, "", etag], header);
  }
  assert.equal((await ask('"other"')).status, 200);
  lab.site.release();
  const changed = await ask(etag, "?wait=30");
  assert.equal(readJob(changed).status, "completed");
  assert.equal((await ask(changed.headers.get("etag") ?? "")).status, 304);
});

test("HEAD of a job is GET without its body", async () => {
  const id = await submitJob(lab, "/article");
  await endOf(lab, id);
  const { headers, text } = await getJob(id);
  const head = await lab.api.send({ method: "HEAD", path: pathOf(id) });
  assert.deepEqual([head.status, head.text], [200, ""]);
  assert.equal(head.headers.get("etag"), headers.get("etag"));
  assert.equal(Number(head.headers.get("content-length")), Buffer.byteLength(text));
});

test("a queued job is cancelled at once, and its page never asked for", async () => {
  const held = [await submitHeldJob(lab, "place-1"), await submitHeldJob(lab, "place-2")];
  const id = await submitJob(lab, "/article?queued");
  assert.equal(readJob(await getJob(id)).status, "queued");
  assert.equal(readCancelled(await remove(id)).status, "cancelled");
  const job = readJob(await getJob(id));
  assert.deepEqual([job.status, job.error?.code], ["cancelled", "CANCELLED"]);
  lab.site.release();
  for (const other of held) await endOf(lab, other);
  assert.equal((await endOf(lab, await submitJob(lab, "/article?after"))).status, "completed");
  assert.equal(countVisits(lab, "/article?queued"), 0);
});

test("a running job that is cancelled is final at once, and the site is left within a second", async () => {
  const id = await submitHeldJob(lab, "cancel");
  readCancelled(await remove(id));
  assert.equal(readJob(await getJob(id)).status, "cancelled");
  await waitUntil(() => !isOpen(lab, "/slow/held?cancel"), 1000);
  lab.site.release();
  assert.equal(countVisits(lab, "/slow/held?cancel"), 1);
  assert.equal(readJob(await getJob(id)).status, "cancelled", "and stays it");
});

test("cancelling ends the tries of a job", async () => {
  const id = await submitJob(lab, "/status/503?cancel");
  await waitUntil(() => countVisits(lab, "/status/503?cancel") > 0, 5000);
  readCancelled(await remove(id));
  const asked = countVisits(lab, "/status/503?cancel");
  await endOf(lab, await submitJob(lab, "/slow/headers?ms=2500"));
  assert.equal(countVisits(lab, "/status/503?cancel"), asked);
});

test("a final job can't be cancelled: 409", async () => {
  const id = await submitJob(lab, "/article");
  await endOf(lab, id);
  assert.equal(readRefusal(await remove(id), 409).code, "NOT_CANCELLABLE");
  assert.equal(readJob(await getJob(id)).status, "completed");
});

test("purge removes what an ended job left: GET and events are 404, the list shows its row", async () => {
  const id = await submitJob(lab, "/article?purge");
  await endOf(lab, id);
  assert.equal(readCancelled(await remove(id, "?purge=true")).status, "completed");
  const { code, message } = readRefusal(await getJob(id), 404);
  assert.equal(code, "NOT_FOUND");
  assert.match(message, /\d{4}-\d\d-\d\dT/, "it says since when");
  readRefusal(await getJob(id, "/events"), 404);
  const { jobs } = readJobList(await lab.api.get(`/v1/extract/jobs?job_id=${id}`));
  assert.deepEqual(
    jobs.map(({ status }) => status),
    ["completed"],
  );
});

test("an open job can't be purged", async () => {
  const id = await submitHeldJob(lab, "purge-open");
  assert.equal(readRefusal(await remove(id, "?purge=true"), 409).code, "NOT_CANCELLABLE");
  lab.site.release();
  assert.equal((await endOf(lab, id)).status, "completed");
});

test("a sync extraction leaves its status and metadata, without its content", async () => {
  const url = `${lab.site.url}/article?at-once`;
  const { metadata } = readPage(await lab.api.extract({ url }));
  const { jobs } = readJobList(await lab.api.get("/v1/extract/jobs?url=at-once"));
  assert.equal(jobs.length, 1);
  const job = readJob(await getJob(jobs[0]?.job_id ?? ""));
  assert.deepEqual([job.status, job.data, job.metadata], ["completed", null, metadata]);
});

test("what is no job's id, an unknown one and one of another account are 404 alike", async () => {
  const own = await submitJob(lab, "/article");
  await endOf(lab, own);
  const { key } = await createKey(lab.quern, "--account", "strangers");
  const unknown = own.replace(/^.{8}/, "00000000");
  const requests = [
    { path: "" },
    { path: "?wait=5" },
    { path: "/events" },
    { path: "", method: "DELETE" },
    { path: "?purge=true", method: "DELETE" },
  ];
  for (const { path, ...request } of requests) {
    const headers = { "x-request-id": "same" };
    const texts = new Set<string>();
    for (const id of [own, unknown, "nothing"]) {
      const answer = await lab.api.send({ ...request, path: pathOf(id) + path, key, headers });
      assert.equal(readRefusal(answer, 404).code, "NOT_FOUND");
      texts.add(answer.text.replaceAll(id, "ID"));
    }
    assert.equal(texts.size, 1, [...texts].join("\n"));
  }
  assert.equal(readJob(await getJob(own)).status, "completed", "and nothing came of it");
});

test("a wait or purge that is malformed is 422 that names it", async () => {
  const id = await submitJob(lab, "/article");
  for (const wait of ["61", "-1", "1.5", "soon", "0x1"]) {
    assert.deepEqual(readBadParameters(await getJob(id, `?wait=${wait}`)), ["query.wait"], wait);
  }
  assert.deepEqual(readBadParameters(await remove(id, "?purge=perhaps")), ["query.purge"]);
});

test("unknown query parameters are ignored and named", async () => {
  const id = await submitJob(lab, "/article");
  const answer = await getJob(id, "?wiat=5");
  readJob(answer);
  assert.equal(answer.headers.get("x-ignored-fields"), "wiat");
});

test("keys of one account share its jobs", async () => {
  const { key } = await createKey(lab.quern, "--account", "shared");
  const { key: reader } = await createKey(lab.quern, "--account", "shared", "--scope", "read");
  const id = await submitJob(lab, "/article", { key });
  assert.equal((await endOf(lab, id, reader)).status, "completed");
  const refused = await lab.api.send({ method: "DELETE", path: pathOf(id), key: reader });
  assert.equal(readRefusal(refused, 403).code, "FORBIDDEN");
});

test("a queue that is full is 429 QUEUE_FULL with Retry-After, and takes jobs again later", async () => {
  await withLab({ QUERN_QUEUE_LIMIT: "2" }, async (full) => {
    const ids = [await submitHeldJob(full, "one"), await submitHeldJob(full, "two")];
    const body = { url: `${full.site.url}/article`, processing_mode: "async" };
    const refused = await full.api.extract(body);
    assert.equal(readRefusal(refused, 429).code, "QUEUE_FULL");
    assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
    full.site.release();
    for (const id of ids) await endOf(full, id);
    assert.equal((await endOf(full, await submitJob(full, "/article"))).status, "completed");
  });
});

test("when the server stops, who waits for a job is told its present state at once", async () => {
  await withLab({ QUERN_STOP_MS: "5000" }, async (stopping) => {
    const id = await submitHeldJob(stopping, "stop");
    const begin = performance.now();
    const waiting = stopping.api.get(`/v1/extract/${id}?wait=60`);
    // Time to arrive: a server that stops takes no new connections in the end.
    await sleep(300);
    stopping.quern.signal("SIGTERM");
    assert.equal(readJob(await waiting).status, "processing");
    assert.ok(performance.now() - begin < 20_000);
    stopping.site.release();
    assert.deepEqual(await stopping.quern.exit, { code: 0, signal: null });
  });
});
