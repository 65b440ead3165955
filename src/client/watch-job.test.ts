import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type TestContext, test } from "node:test";
import {
  type Answer,
  beginEvents,
  eventOf,
  hangUp,
  JOB_ID,
  jobIn,
  refuse,
  replyJson,
  startJobsServer,
} from "../../test/support/jobs-server.ts";
import { createClient, type QuernClient } from "./create-client.ts";
import { QuernError } from "./quern-error.ts";

async function startWatchLab(context: TestContext, answer: Answer) {
  const server = await startJobsServer(answer);
  context.after(() => server.stop());
  const retries = { basePauseMs: 2, maxPauseMs: 4 };
  return { server, client: createClient({ server: server.url, key: "k".repeat(16), retries }) };
}

/** Answers one connection after the other. */
function inTurn(...turns: ((response: ServerResponse) => void)[]): Answer {
  return (_request, response) => turns.shift()?.(response);
}

function stream(...events: string[]): (response: ServerResponse) => void {
  return (response) => {
    beginEvents(response);
    response.end(events.join(""));
  };
}

async function statesOf(client: QuernClient, lastEventId?: string): Promise<string[]> {
  const states: string[] = [];
  const options = lastEventId === undefined ? {} : { lastEventId };
  for await (const { eventId, job } of client.watch(JOB_ID, options)) {
    states.push(`${eventId} ${job.status}`);
  }
  return states;
}

test("watch gives each state up to the final one, and then ends", async (t) => {
  const { server, client } = await startWatchLab(
    t,
    inTurn((response) => {
      beginEvents(response);
      for (const [id, status] of [
        [1, "queued"],
        [2, "processing"],
        [3, "completed"],
      ] as const) {
        response.write(`${eventOf(id, jobIn(status))}: still here\n\n`);
      }
      // Left open: the reader knows that nothing comes any more.
    }),
  );
  assert.deepEqual(await statesOf(client), ["1 queued", "2 processing", "3 completed"]);
  assert.equal(server.requests[0]?.path, `/v1/extract/${JOB_ID}/events`);
  assert.equal(server.requests[0]?.headers["last-event-id"], undefined);
});

test("a line that breaks, in the middle of an event too, goes on after the last event", async (t) => {
  const { server, client } = await startWatchLab(
    t,
    inTurn(
      stream(eventOf(1, jobIn("queued"))),
      (response) => {
        beginEvents(response);
        response.write(
          eventOf(2, jobIn("processing")) + eventOf(3, jobIn("completed")).slice(0, -2),
        );
        setImmediate(() => response.destroy());
      },
      hangUp,
      refuse("UNAVAILABLE", { status: 503 }),
      stream(eventOf(3, jobIn("completed"))),
    ),
  );
  assert.deepEqual(await statesOf(client), ["1 queued", "2 processing", "3 completed"]);
  const ids = server.requests.map(({ headers }) => headers["last-event-id"]);
  assert.deepEqual(ids, [undefined, "1", "2", "2", "2"]);
});

test("lines on which nothing happens are opened again for as long as the job is open", async (t) => {
  let lines = 0;
  const { client } = await startWatchLab(t, ({ path }, response) => {
    if (!path.endsWith("/events")) return replyJson(response, jobIn("queued"));
    lines += 1;
    if (lines === 1) return stream(eventOf(1, jobIn("queued")))(response);
    stream(lines < 30 ? ": nothing\n\n" : eventOf(2, jobIn("failed")))(response);
  });
  assert.deepEqual(await statesOf(client), ["1 queued", "2 failed"]);
});

test("who has seen the final state already is told nothing, and the watch ends", async (t) => {
  const { server, client } = await startWatchLab(t, ({ path }, response) =>
    path.endsWith("/events") ? stream()(response) : replyJson(response, jobIn("completed")),
  );
  assert.deepEqual(await statesOf(client, "3"), []);
  assert.equal(server.requests[0]?.headers["last-event-id"], "3");
});

test("a job that ends just after its silent line is not missed", async (t) => {
  let lines = 0;
  const { client } = await startWatchLab(t, ({ path }, response) => {
    if (!path.endsWith("/events")) return replyJson(response, jobIn("completed"));
    lines += 1;
    stream(...(lines === 1 ? [] : [eventOf(2, jobIn("completed"))]))(response);
  });
  assert.deepEqual(await statesOf(client, "1"), ["2 completed"]);
});

test("a server that stays away is given up, an unknown job at once", async (t) => {
  const { server, client } = await startWatchLab(t, (_request, response) => hangUp(response));
  await assert.rejects(statesOf(client), { name: "QuernError", code: "CONNECTION_FAILED" });
  assert.equal(server.requests.length, 16);
  server.faults.push(refuse("NOT_FOUND", { status: 404 }));
  await assert.rejects(statesOf(client), { name: "QuernError", code: "NOT_FOUND" });
  assert.equal(server.requests.length, 17);
});

const NO_EVENTS: Readonly<Record<string, Answer>> = {
  "no stream": (_request, response) => replyJson(response, jobIn("completed")),
  "other events": (_request, response) => stream(eventOf(1, { hello: "world" }))(response),
};

test("events that are not Quern's are called so", async (t) => {
  for (const [what, answer] of Object.entries(NO_EVENTS)) {
    const { client } = await startWatchLab(t, answer);
    await assert.rejects(statesOf(client), (error) => {
      assert.ok(error instanceof QuernError, what);
      assert.match(error.message, /is not a Quern server/);
      return true;
    });
  }
});

test("the line is closed when the watcher stops, by its signal or by leaving", async (t) => {
  const closings: Promise<unknown>[] = [];
  const { client } = await startWatchLab(t, (_request, response) => {
    closings.push(once(response, "close"));
    beginEvents(response);
    response.write(eventOf(1, jobIn("queued")));
  });
  for await (const { job } of client.watch(JOB_ID)) {
    assert.equal(job.status, "queued");
    break;
  }
  const stop = new AbortController();
  await assert.rejects(
    async () => {
      for await (const _state of client.watch(JOB_ID, { signal: stop.signal })) {
        stop.abort(new Error("seen enough"));
      }
    },
    { message: "seen enough" },
  );
  assert.equal((await Promise.all(closings)).length, 2);
});
