import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEvents } from "../../../../test/support/events.ts";
import {
  DOOR_JOB_ID,
  DOOR_JOBS,
  DOOR_KEYS,
  doorView,
  type HttpDoor,
  openDoorView,
  withDoorJobs,
} from "../../../../test/support/http-door.ts";
import { readRefusal } from "../../../../test/support/shapes.ts";
import { waitUntil } from "../../../../test/support/wait-until.ts";
import { jobNotFound } from "../../../contract/job-not-found.ts";
import type { JobService, JobView } from "../../../services/jobs.ts";

const PATH = `/v1/extract/${DOOR_JOB_ID}/events`;

type Watch = JobService["watch"];

const withWatch = (watch: Watch, use: (door: HttpDoor) => Promise<void>) =>
  withDoorJobs({ watch }, use);

/** Never tells anything; ends with its signal, as the service does. */
const silence = (state: { ended: number }): Watch =>
  async function* watchNothing({ signal }): AsyncGenerator<JobView> {
    if (!signal.aborted) await once(signal, "abort");
    state.ended += 1;
    yield* NOTHING;
  };
const NOTHING: readonly JobView[] = [];

test("each state is an event with the body of GET on one line, and the last one ends the stream", async () => {
  const watch: Watch = async function* watchThree() {
    yield openDoorView("queued", 1);
    yield openDoorView("processing", 2);
    yield doorView();
  };
  await withWatch(watch, async ({ api }) => {
    const answer = await api.send({ path: PATH, headers: { accept: "text/event-stream" } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "text/event-stream");
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("x-accel-buffering"), "no");
    assert.equal(answer.headers.get("content-length"), null);
    const events = parseEvents(answer.text);
    assert.deepEqual(
      events.map(({ event, id, data }) => [event, id, JSON.parse(data).status]),
      [
        ["job", "1", "queued"],
        ["job", "2", "processing"],
        ["job", "3", "completed"],
      ],
    );
    assert.equal(events.at(-1)?.data, (await api.get(`/v1/extract/${DOOR_JOB_ID}`)).text);
    assert.ok(answer.text.endsWith("}\n\n"));
  });
});

test("a job that there is not is refused in JSON", async () => {
  const get: JobService["get"] = async ({ jobId }) => Promise.reject(jobNotFound(jobId));
  await withDoorJobs({ get }, async ({ api }) => {
    for (const path of [PATH, "/v1/extract/x/events", "/v1/extract/jobs/events"]) {
      const answer = await api.send({ path, headers: { accept: "text/event-stream" } });
      assert.equal(readRefusal(answer, 404).code, "NOT_FOUND", path);
    }
  });
});

test("an Accept header that admits neither events nor JSON is 406", async () => {
  await withWatch(DOOR_JOBS.watch, async ({ api }) => {
    const refused = await api.send({ path: PATH, headers: { accept: "text/html" } });
    assert.equal(readRefusal(refused, 406).code, "NOT_ACCEPTABLE");
    for (const accept of ["text/event-stream", "text/*", "*/*", "application/json"]) {
      assert.equal((await api.send({ path: PATH, headers: { accept } })).status, 200, accept);
    }
    const elsewhere = { path: "/v1/extract/jobs", headers: { accept: "text/event-stream" } };
    assert.equal((await api.send(elsewhere)).status, 406);
  });
});

test("HEAD tells the headers and watches nothing", async () => {
  const watch = () => assert.fail("watched");
  await withWatch(watch, async ({ api }) => {
    const { status, text, headers } = await api.send({ method: "HEAD", path: PATH });
    assert.deepEqual([status, text], [200, ""]);
    assert.equal(headers.get("content-type"), "text/event-stream");
  });
});

test("Last-Event-ID is where it goes on; one that the job never had is ignored", async () => {
  const after: (number | null)[] = [];
  const watch: Watch = async function* watchAfter({ afterVersion }) {
    after.push(afterVersion);
    yield doorView();
  };
  await withWatch(watch, async ({ api }) => {
    for (const id of ["2", "3", "0", "4", "-1", "1.5", "x", ""]) {
      await api.send({ path: PATH, headers: { "last-event-id": id } });
    }
  });
  assert.deepEqual(after, [2, 3, 0, null, null, null, null, null]);
});

test("the head goes out at once, and comments come while nothing else does", async () => {
  const state = { ended: 0 };
  await withDoorJobs(
    { watch: silence(state) },
    async ({ url, server }) => {
      const headers = { "x-api-key": DOOR_KEYS.all };
      const response = await fetch(url + PATH, { headers });
      assert.equal(response.status, 200);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (text.length < 9) text += (await reader?.read())?.value ?? assert.fail("ended");
      assert.match(text, /^(:\n\n){3,}$/);
      await server.beginStop();
      while (!(await reader?.read())?.done);
      assert.equal(state.ended, 1, "stopping ends the stream");
    },
    { commentEveryMs: 50 },
  );
});

test("the head does not wait for the first event", async () => {
  await withWatch(silence({ ended: 0 }), async ({ url }) => {
    const hangUp = new AbortController();
    const headers = { "x-api-key": DOOR_KEYS.all };
    assert.equal((await fetch(url + PATH, { headers, signal: hangUp.signal })).status, 200);
    hangUp.abort();
  });
});

test("readers that hang up leave nothing behind", async () => {
  const state = { ended: 0 };
  await withWatch(silence(state), async (door) => {
    const headers = { "x-api-key": DOOR_KEYS.all };
    const hangUp = new AbortController();
    const { signal } = hangUp;
    const readers = Array.from({ length: 20 }, () => fetch(door.url + PATH, { headers, signal }));
    await Promise.all(readers);
    hangUp.abort();
    await waitUntil(() => state.ended === 20, 5000);
    await waitUntil(
      () => door.logLines().filter(({ status }) => status === 499).length === 20,
      5000,
    );
    assert.ok(door.logLines().every(({ level }) => level === "info"));
  });
});

test("a reader that does not read is not written for", async () => {
  let told = 0;
  const url = `https://example.com/${"x".repeat(1024 * 1024)}`;
  const { result } = doorView();
  const watch: Watch = async function* watchMuch({ signal }) {
    for (told = 0; told < 1000 && !signal.aborted; told += 1) {
      const metadata = result?.metadata ?? assert.fail();
      yield {
        ...doorView({ version: told }),
        result: { data: null, metadata: { ...metadata, url } },
      };
    }
  };
  await withWatch(watch, async (door) => {
    const { hostname, port } = new URL(door.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(`GET ${PATH} HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${DOOR_KEYS.all}\r\n\r\n`);
    await waitUntil(() => told > 0, 5000);
    socket.pause();
    let before = -1;
    while (before !== told) {
      before = told;
      await sleep(200);
    }
    // The kernel's buffers take a few megabytes.
    assert.ok(told < 50, `${told} MiB were written for nobody`);
    socket.destroy();
  });
});

test("a stream that breaks off is cut, so that its reader comes again, and leaves a warning", async () => {
  const watch: Watch = async function* watchBroken() {
    yield openDoorView("queued", 1);
    throw new Error("swordfish");
  };
  await withWatch(watch, async (door) => {
    await assert.rejects(door.api.get(PATH));
    await waitUntil(() => door.logLines().some(({ level }) => level === "warn"), 5000);
  });
});
