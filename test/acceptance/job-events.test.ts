import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parseEvents, type ServerEvent } from "../support/events.ts";
import { endOf, submitHeldJob, submitJob } from "../support/jobs.ts";
import { type Lab, startLab, withLab } from "../support/lab.ts";
import { parseJob, readCancelled, readJob, readRefusal } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  // One page of the site at once: a second job stays queued.
  lab = await startLab({ QUERN_HOST_CONCURRENCY: "1" });
});
after(() => lab.stop());

const pathOf = (id: string) => `/v1/extract/${id}/events`;

interface Stream {
  /** Reads on until there are so many events. */
  events(count: number): Promise<readonly ServerEvent[]>;
  /** All events, when the server has ended the stream. */
  toEnd(): Promise<readonly ServerEvent[]>;
}

async function openEvents(
  { quern }: Lab,
  id: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stream> {
  const response = await fetch(quern.url + pathOf(id), {
    headers: { "x-api-key": quern.key, accept: "text/event-stream", ...headers },
    signal: AbortSignal.timeout(60_000),
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream\b/);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const readOn = async (): Promise<boolean> => {
    const part = await reader?.read();
    text += part?.value ?? "";
    return part?.done === false;
  };
  return {
    async events(count) {
      while (parseWhole(text).length < count && (await readOn()));
      return parseWhole(text);
    },
    async toEnd() {
      while (await readOn());
      return parseEvents(text);
    },
  };
}

/** An event counts when its blank line has come. */
function parseWhole(text: string): readonly ServerEvent[] {
  return parseEvents(text.slice(0, text.lastIndexOf("\n\n") + 1));
}

const statesOf = (events: readonly ServerEvent[]) =>
  events.map(({ data }) => parseJob(data).status);

test("the first event is the present state, then each change comes, and the final one ends the stream", async () => {
  const first = await submitHeldJob(lab, "first");
  const id = await submitJob(lab, "/article?second");
  const stream = await openEvents(lab, id);
  assert.deepEqual(statesOf(await stream.events(1)), ["queued"]);
  lab.site.release();
  const events = await stream.toEnd();
  assert.deepEqual(statesOf(events), ["queued", "processing", "completed"]);
  assert.ok(events.every(({ event }) => event === "job"));
  const numbers = events.map(({ id: number }) => Number(number));
  assert.deepEqual(
    numbers.toSorted((one, other) => one - other),
    numbers,
    "the ids rise",
  );
  assert.equal(new Set(numbers).size, 3);
  assert.equal((await endOf(lab, first)).status, "completed");
});

test("data is the body of GET", async () => {
  const id = await submitJob(lab, "/article", { fields: { formats: ["markdown", "html"] } });
  const events = await (await openEvents(lab, id)).toEnd();
  assert.equal(events.at(-1)?.data, (await lab.api.get(`/v1/extract/${id}`)).text);
});

test("of a final job only the final state is sent, and nothing to whom has seen it", async () => {
  const id = await submitJob(lab, "/status/404");
  await endOf(lab, id);
  const events = await (await openEvents(lab, id)).toEnd();
  assert.deepEqual(statesOf(events), ["failed"]);
  const seen = { "last-event-id": events[0]?.id ?? "" };
  assert.deepEqual(await (await openEvents(lab, id, seen)).toEnd(), []);
});

test("Last-Event-ID goes on after that event", async () => {
  const id = await submitHeldJob(lab, "go-on");
  const [running] = await (await openEvents(lab, id)).events(1);
  assert.equal(running && parseJob(running.data).status, "processing");
  const again = await openEvents(lab, id, { "last-event-id": running?.id ?? "" });
  const earlier = await openEvents(lab, id, { "last-event-id": "1" });
  lab.site.release();
  assert.deepEqual(statesOf(await again.toEnd()), ["completed"]);
  assert.deepEqual(statesOf(await earlier.toEnd()), ["processing", "completed"]);
});

test("a Last-Event-ID that the job never had is as if there were none", async () => {
  const id = await submitJob(lab, "/article");
  await endOf(lab, id);
  for (const odd of ["99", "-1", "x", "1.5"]) {
    const events = await (await openEvents(lab, id, { "last-event-id": odd })).toEnd();
    assert.deepEqual(statesOf(events), ["completed"], odd);
  }
});

test("cancelling ends the streams of a job", async () => {
  const id = await submitHeldJob(lab, "cancelled");
  const streams = await Promise.all([openEvents(lab, id), openEvents(lab, id)]);
  await Promise.all(streams.map((stream) => stream.events(1)));
  readCancelled(await lab.api.send({ method: "DELETE", path: `/v1/extract/${id}` }));
  for (const stream of streams) {
    assert.deepEqual(statesOf(await stream.toEnd()), ["processing", "cancelled"]);
  }
});

test("a stream is not cached, not held back and of no stated length; HEAD tells the same", async () => {
  const id = await submitJob(lab, "/article");
  await endOf(lab, id);
  for (const method of ["GET", "HEAD"]) {
    const { headers } = await lab.api.send({ method, path: pathOf(id) });
    assert.match(headers.get("content-type") ?? "", /^text\/event-stream\b/, method);
    assert.equal(headers.get("cache-control"), "no-store", method);
    assert.equal(headers.get("x-accel-buffering"), "no", method);
    if (method === "GET") assert.equal(headers.get("content-length"), null);
  }
});

test("errors of a stream are JSON", async () => {
  const id = await submitJob(lab, "/article");
  await endOf(lab, id);
  const send = (path: string, headers: Readonly<Record<string, string>>, key = lab.quern.key) =>
    lab.api.send({ path, headers, key });
  const events = { accept: "text/event-stream" };
  readRefusal(await send(pathOf("nothing"), events), 404);
  readRefusal(await send(pathOf(id.replace(/^.{8}/, "00000000")), events), 404);
  readRefusal(await send(pathOf(id), events, "wrong-key-0123456789"), 401);
  readRefusal(await send(pathOf(id), { accept: "text/html" }), 406);
});

test("readers that hang up are forgotten, and the job goes on", async () => {
  const id = await submitHeldJob(lab, "hang-up");
  const hangUp = new AbortController();
  const headers = { "x-api-key": lab.quern.key };
  const readers = Array.from({ length: 30 }, () =>
    fetch(lab.quern.url + pathOf(id), { headers, signal: hangUp.signal }),
  );
  await Promise.all(readers);
  hangUp.abort();
  lab.site.release();
  assert.equal((await endOf(lab, id)).status, "completed");
});

test("a server that stops ends its streams", async () => {
  await withLab({ QUERN_STOP_MS: "300" }, async (stopping) => {
    const id = await submitHeldJob(stopping, "stop");
    const stream = await openEvents(stopping, id);
    assert.deepEqual(statesOf(await stream.events(1)), ["processing"]);
    const begin = performance.now();
    stopping.quern.signal("SIGTERM");
    const events = await stream.toEnd();
    assert.ok(performance.now() - begin < 10_000);
    assert.ok(statesOf(events).every((status) => status === "processing" || status === "queued"));
    assert.deepEqual(await stopping.quern.exit, { code: 0, signal: null });
  });
});

test("a comment comes every 15 seconds while nothing else does", async () => {
  const id = await submitHeldJob(lab, "quiet");
  const hangUp = new AbortController();
  const headers = { "x-api-key": lab.quern.key };
  const response = await fetch(lab.quern.url + pathOf(id), { headers, signal: hangUp.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const begin = performance.now();
  let text = "";
  while (!/^:/m.test(text)) text += (await reader?.read())?.value ?? assert.fail("ended");
  const ms = performance.now() - begin;
  assert.ok(ms > 13_000 && ms < 25_000, `${ms} ms`);
  hangUp.abort();
  lab.site.release();
  assert.equal(readJob(await lab.api.get(`/v1/extract/${id}?wait=30`)).status, "completed");
});
