import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ApiAnswer } from "../../../../test/support/api.ts";
import {
  DOOR_JOB_ID,
  DOOR_KEYS,
  doorView,
  type HttpDoor,
  openDoorView,
  startHttpDoor,
  withDoorJobs,
} from "../../../../test/support/http-door.ts";
import { readRefusal } from "../../../../test/support/shapes.ts";
import { waitUntil } from "../../../../test/support/wait-until.ts";
import { RequestError } from "../../../contract/app-error.ts";
import { jobNotFound } from "../../../contract/job-not-found.ts";
import type { JobService } from "../../../services/jobs.ts";

const PATH = `/v1/extract/${DOOR_JOB_ID}`;
const OTHER_ID = "019a3c5e-0000-7c42-9d0e-5f6a8b3c2d10";

let door: HttpDoor;
before(async () => {
  door = await startHttpDoor();
});
after(() => door.stop());

const detailOf = (answer: ApiAnswer) => {
  assert.equal(answer.status, 422, answer.text);
  return JSON.parse(answer.text).detail.map(({ loc }: { loc: string[] }) => loc.join("."));
};

test("a job has its eight keys, an ETag and until when its result is kept", async () => {
  const answer = await door.api.get(PATH);
  assert.equal(answer.status, 200);
  assert.deepEqual(Object.keys(JSON.parse(answer.text)), [
    ...["job_id", "status", "created_at", "completed_at"],
    ...["data", "metadata", "error", "tokens_charged"],
  ]);
  assert.equal(answer.headers.get("etag"), `"${DOOR_JOB_ID}-3"`);
  assert.equal(answer.headers.get("x-result-expires"), "2026-02-02T12:00:01.000Z");
  assert.equal(answer.headers.get("retry-after"), null);
});

test("an open job says when to ask again, and has nulls where nothing is known", async () => {
  await withDoorJobs({ get: async () => openDoorView("processing", 2) }, async ({ api }) => {
    const answer = await api.get(PATH);
    assert.equal(answer.headers.get("retry-after"), "1");
    assert.equal(answer.headers.get("x-result-expires"), null);
    assert.deepEqual(JSON.parse(answer.text), {
      job_id: DOOR_JOB_ID,
      status: "processing",
      created_at: "2026-01-30T12:00:00.000Z",
      completed_at: null,
      data: null,
      metadata: null,
      error: null,
      tokens_charged: null,
    });
  });
});

test("HEAD is GET without the body", async () => {
  const { status, text, headers } = await door.api.send({ method: "HEAD", path: PATH });
  assert.deepEqual([status, text], [200, ""]);
  assert.equal(headers.get("etag"), `"${DOOR_JOB_ID}-3"`);
});

test("a state that is known is 304 without a body", async () => {
  const etag = `"${DOOR_JOB_ID}-3"`;
  for (const header of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
    const answer = await door.api.send({ path: PATH, headers: { "if-none-match": header } });
    assert.deepEqual([answer.status, answer.text], [304, ""], header);
    assert.equal(answer.headers.get("etag"), etag);
    assert.equal(answer.headers.get("content-type"), null);
  }
  const other = await door.api.send({ path: PATH, headers: { "if-none-match": '"x"' } });
  assert.equal(other.status, 200);
});

test("what is no UUID is the same 404 as what there is not", async () => {
  const get: JobService["get"] = async ({ jobId }) => Promise.reject(jobNotFound(jobId));
  await withDoorJobs({ get }, async ({ api }) => {
    const headers = { "x-request-id": "one" };
    const unknown = await api.send({ path: PATH, headers });
    assert.equal(readRefusal(unknown, 404).code, "NOT_FOUND");
    for (const id of ["x", "019a3c5e", `${DOOR_JOB_ID}0`, "..%2f", "jobs%20", "%00"]) {
      const answer = await api.send({ path: `/v1/extract/${id}`, headers });
      const text = unknown.text.replace(DOOR_JOB_ID, decodeURIComponent(id));
      assert.deepEqual(answer.json(), JSON.parse(text.replace("\0", "\\u0000")), id);
      assert.equal(answer.status, 404, id);
    }
  });
});

test("an id is found in any case", async () => {
  const answer = await door.api.get(PATH.replace(DOOR_JOB_ID, DOOR_JOB_ID.toUpperCase()));
  assert.equal(JSON.parse(answer.text).job_id, DOOR_JOB_ID);
});

test("a wait out of range is 422 that names it, and asks for no job", async () => {
  const ask = async () => assert.fail("asked");
  await withDoorJobs({ get: ask, wait: ask }, async ({ api }) => {
    for (const wait of ["61", "-1", "1.5", "soon", "1&wait=2"]) {
      assert.deepEqual(detailOf(await api.get(`${PATH}?wait=${wait}`)), ["query.wait"], wait);
    }
  });
});

test("parameters that are not known are named", async () => {
  const answer = await door.api.get(`${PATH}?wait=0&wiat=5`);
  assert.equal(answer.headers.get("x-ignored-fields"), "wiat");
});

test("a wait asks the service for so long, and compares tags when it is over", async () => {
  const waits: number[] = [];
  const wait: JobService["wait"] = async ({ waitMs }) => {
    waits.push(waitMs);
    return openDoorView("processing", 2);
  };
  await withDoorJobs({ wait }, async ({ api }) => {
    const headers = { "if-none-match": `"${DOOR_JOB_ID}-2"` };
    assert.equal((await api.send({ path: `${PATH}?wait=60`, headers })).status, 304);
    assert.equal((await api.get(`${PATH}?wait=7`)).status, 200);
  });
  assert.deepEqual(waits, [60_000, 7000]);
});

/** Waits until its signal is aborted, as the service does with a job that does not end. */
const waitForSignal: JobService["wait"] = ({ signal }) =>
  new Promise((resolve) => {
    const tell = () => resolve(openDoorView("queued", 1));
    if (signal.aborted) tell();
    signal.addEventListener("abort", tell);
  });

test("a caller that hangs up ends its wait", async () => {
  const ended = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const wait: JobService["wait"] = async (call) => {
    started.resolve();
    const view = await waitForSignal(call);
    ended.resolve();
    return view;
  };
  await withDoorJobs({ wait }, async ({ api }) => {
    const hangUp = new AbortController();
    const answer = api.send({ path: `${PATH}?wait=60`, signal: hangUp.signal });
    await started.promise;
    hangUp.abort();
    await assert.rejects(answer, { name: "AbortError" });
    await ended.promise;
  });
});

test("when the server stops, who waits is told the present state at once", async () => {
  let waiting = 0;
  const wait: JobService["wait"] = (call) => {
    waiting += 1;
    return waitForSignal(call);
  };
  await withDoorJobs({ wait }, async ({ api, server }) => {
    const answers = Array.from({ length: 20 }, () => api.get(`${PATH}?wait=60`));
    await waitUntil(() => waiting === answers.length, 5000);
    await server.beginStop();
    for (const { status, text } of await Promise.all(answers)) {
      assert.deepEqual([status, JSON.parse(text).status], [200, "queued"]);
    }
    assert.equal(JSON.parse((await api.get(`${PATH}?wait=60`)).text).status, "queued");
  });
});

test("DELETE cancels with neither body nor type: 202 with where the job is", async () => {
  const answer = await door.api.send({ method: "DELETE", path: PATH });
  assert.equal(answer.status, 202);
  assert.deepEqual(JSON.parse(answer.text), {
    job_id: DOOR_JOB_ID,
    status: "cancelled",
    status_url: PATH,
  });
});

test("purge is told apart from cancelling, and has the status that the job ended with", async () => {
  const remove = (purge: string) =>
    door.api.send({ method: "DELETE", path: `${PATH}?purge=${purge}` });
  assert.equal(JSON.parse((await remove("true")).text).status, "completed");
  assert.equal(JSON.parse((await remove("false")).text).status, "cancelled");
  assert.deepEqual(detailOf(await remove("yes")), ["query.purge"]);
});

test("refusals of DELETE are the service's: 404, 409", async () => {
  const cancel = async () => Promise.reject(new RequestError("NOT_CANCELLABLE"));
  const purge = async () => Promise.reject(jobNotFound(DOOR_JOB_ID));
  await withDoorJobs({ cancel, purge }, async ({ api }) => {
    const final = await api.send({ method: "DELETE", path: PATH });
    assert.equal(readRefusal(final, 409).code, "NOT_CANCELLABLE");
    const gone = await api.send({ method: "DELETE", path: `${PATH}?purge=true` });
    assert.equal(readRefusal(gone, 404).code, "NOT_FOUND");
  });
});

test("a key that reads may not cancel, one that writes may not read", async () => {
  const asReader = { method: "DELETE", path: PATH, key: DOOR_KEYS.read };
  assert.equal(readRefusal(await door.api.send(asReader), 403).code, "FORBIDDEN");
  const asWriter = { path: PATH, key: DOOR_KEYS.write };
  assert.equal(readRefusal(await door.api.send(asWriter), 403).code, "FORBIDDEN");
});

test("other methods of a job are 405 with those that there are, of the list too", async () => {
  const allowed = { [PATH]: "GET, HEAD, DELETE", "/v1/extract/jobs": "GET, HEAD" };
  for (const [path, allow] of Object.entries(allowed)) {
    const answer = await door.api.send({ method: "PUT", path });
    assert.equal(readRefusal(answer, 405).code, "METHOD_NOT_ALLOWED");
    assert.equal(answer.headers.get("allow"), allow);
  }
  const list = await door.api.send({ method: "DELETE", path: "/v1/extract/jobs" });
  assert.equal(list.status, 405, "jobs is never an id");
});

test("the list has its frame, and hands its filters on", async () => {
  const queries: unknown[] = [];
  const list: JobService["list"] = async ({ query }) => {
    queries.push(query);
    return { jobs: [doorView().job, doorView({ id: OTHER_ID, durationMs: null }).job], total: 21 };
  };
  await withDoorJobs({ list }, async ({ api }) => {
    const answer = await api.get(
      "/v1/extract/jobs?status=failed&url=a%2Bb&start_date=2026-01-01T00:00:00+02:00&page=3&page_size=10&sort=asc",
    );
    const row = { status: "completed", url: "https://example.com/", output: ["markdown"] };
    const created_at = "2026-01-30T12:00:00.000Z";
    assert.deepEqual(JSON.parse(answer.text), {
      jobs: [
        { job_id: DOOR_JOB_ID, ...row, created_at, execution_time: 900 },
        { job_id: OTHER_ID, ...row, created_at, execution_time: null },
      ],
      page: 3,
      page_size: 10,
      page_count: 3,
      is_capped: false,
    });
    assert.equal(answer.headers.get("x-ignored-fields"), "sort");
  });
  const rest = { jobId: null, output: null, to: null, page: 3, pageSize: 10 };
  const from = new Date("2025-12-31T22:00:00Z");
  assert.deepEqual(queries, [{ ...rest, status: "failed", url: "a+b", from }]);
});

test("bad filters are named together", async () => {
  const answer = await door.api.get("/v1/extract/jobs?page=0&job_id=jobs&output=pdf&end_date=now");
  const names = ["query.job_id", "query.output", "query.end_date", "query.page"];
  assert.deepEqual(detailOf(answer), names);
});

test("statistics and usage are the service's figures", async () => {
  const statistics = await door.api.get("/v1/statistics?start_date=2026-01-01");
  assert.equal(JSON.parse(statistics.text).success_rate, 1);
  assert.deepEqual(detailOf(await door.api.get("/v1/statistics?end_date=x")), ["query.end_date"]);
  const usage = await door.api.get("/v1/usage/concurrency");
  assert.deepEqual(JSON.parse(usage.text), {
    work_concurrency_in_use: 1,
    work_concurrency_limit: 50,
  });
});
