import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type Answer,
  hangUp,
  JOB_ID,
  type JobsServer,
  jobIn,
  refuse,
  replyJson,
  startJobsServer,
} from "../../test/support/jobs-server.ts";
import type { ClientOptions } from "./connection.ts";
import { createClient, type QuernClient } from "./create-client.ts";
import { QuernError } from "./quern-error.ts";

const KEY = "client-key-0123456789";

interface ClientLab {
  readonly server: JobsServer;
  readonly client: QuernClient;
}

async function startClientLab(
  context: TestContext,
  answer: Answer,
  options: Partial<ClientOptions> = {},
): Promise<ClientLab> {
  const server = await startJobsServer(answer);
  context.after(() => server.stop());
  const retries = { basePauseMs: 2, maxPauseMs: 4 };
  return { server, client: createClient({ server: server.url, key: KEY, retries, ...options }) };
}

const answerJob: Answer = (_request, response) => replyJson(response, jobIn("completed"));

const ACCEPTED = {
  job_id: JOB_ID,
  status: "queued",
  status_url: `/v1/extract/${JOB_ID}`,
  estimated_tokens: 1,
};

function isError(expected: Partial<QuernError>): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof QuernError, String(error));
    for (const [name, value] of Object.entries(expected)) {
      assert.deepEqual(Reflect.get(error, name), value, name);
    }
    return true;
  };
}

test("submit posts the page in async mode with the key, and an idempotency key of its own", async (t) => {
  const { server, client } = await startClientLab(t, (_request, response) =>
    replyJson(response, ACCEPTED, { status: 202 }),
  );
  assert.deepEqual(await client.submit({ url: "https://example.com/" }), ACCEPTED);
  await client.submit({ url: "https://example.com/" }, { idempotencyKey: "mine" });
  const [first, second] = server.requests;
  assert.equal(`${first?.method} ${first?.path}`, "POST /v1/extract");
  assert.deepEqual(JSON.parse(first?.body ?? ""), {
    url: "https://example.com/",
    processing_mode: "async",
  });
  assert.equal(first?.headers["x-api-key"], KEY);
  assert.match(String(first?.headers["idempotency-key"]), /^[0-9a-f]{32}$/);
  assert.equal(second?.headers["idempotency-key"], "mine");
});

test("a submission that was lost or refused for now is made again under the same key", async (t) => {
  const { server, client } = await startClientLab(t, (_request, response) =>
    replyJson(response, ACCEPTED, { status: 202 }),
  );
  server.faults.push(hangUp, refuse("QUEUE_FULL", { status: 429 }), (response) => {
    response.writeHead(202, { "content-length": "100" }).write("{");
    setImmediate(() => response.destroy());
  });
  assert.equal((await client.submit({ url: "https://example.com/" })).job_id, JOB_ID);
  const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
  assert.deepEqual([keys.length, new Set(keys).size], [4, 1]);
});

test("tries are bounded, and the last failure is told", async (t) => {
  const { server, client } = await startClientLab(t, answerJob);
  server.faults.push(hangUp, hangUp, hangUp, refuse("UNAVAILABLE", { status: 503 }), hangUp);
  await assert.rejects(
    client.get(JOB_ID),
    isError({
      code: "UNAVAILABLE",
      message: "This is UNAVAILABLE.",
      status: 503,
      correlationId: "request-1",
      retryable: true,
    }),
  );
  assert.equal(server.requests.length, 4);
});

test("Retry-After is waited for, and one that is too long is told at once", async (t) => {
  const { server, client } = await startClientLab(t, answerJob);
  server.faults.push(refuse("RATE_LIMITED", { status: 429, retryAfter: "1" }));
  const begin = performance.now();
  await client.get(JOB_ID);
  assert.ok(performance.now() - begin >= 990, "a second passed");
  server.faults.push(refuse("RATE_LIMITED", { status: 429, retryAfter: "3600" }));
  await assert.rejects(client.get(JOB_ID), isError({ retryAfterMs: 3_600_000 }));
  assert.equal(server.requests.length, 3);
});

test("what the server refuses for good is not tried again", async (t) => {
  const { server, client } = await startClientLab(t, answerJob);
  server.faults.push(refuse("NOT_FOUND", { status: 404 }), refuse("A_NEW_CODE", { status: 409 }));
  await assert.rejects(client.get(JOB_ID), isError({ code: "NOT_FOUND", status: 404 }));
  await assert.rejects(client.get(JOB_ID), isError({ code: "A_NEW_CODE", status: 409 }));
  assert.equal(server.requests.length, 2);
});

test("get asks to wait, and gives the server that time besides its own", async (t) => {
  const slow: Answer = (_request, response) => {
    setTimeout(() => replyJson(response, jobIn("completed")), 300);
  };
  const { server, client } = await startClientLab(t, slow, { timeoutMs: 100 });
  assert.deepEqual(await client.get(JOB_ID, { waitSeconds: 2 }), jobIn("completed"));
  assert.equal(server.requests[0]?.path, `/v1/extract/${JOB_ID}?wait=2`);
  await assert.rejects(client.get(JOB_ID), isError({ code: "REQUEST_TIMEOUT", status: null }));
});

test("list sends each filter by its name on the wire", async (t) => {
  const list = { jobs: [], page: 2, page_size: 5, page_count: 0, is_capped: false };
  const { server, client } = await startClientLab(t, (_request, response) =>
    replyJson(response, list),
  );
  assert.deepEqual(await client.list(), list);
  await client.list({
    jobId: JOB_ID,
    url: "a b&c",
    status: "failed",
    output: "text",
    from: new Date("2026-01-01T00:00:00Z"),
    to: new Date("2026-02-01T00:00:00Z"),
    page: 2,
    pageSize: 5,
  });
  const [bare, filtered] = server.requests.map(({ path }) => new URL(path, server.url));
  assert.equal(bare?.search, "");
  assert.deepEqual(Object.fromEntries(filtered?.searchParams ?? []), {
    job_id: JOB_ID,
    url: "a b&c",
    status: "failed",
    output: "text",
    start_date: "2026-01-01T00:00:00.000Z",
    end_date: "2026-02-01T00:00:00.000Z",
    page: "2",
    page_size: "5",
  });
});

test("cancel and purge are DELETE; a job that is cancelled already is no failure", async (t) => {
  const cancelled = {
    job_id: JOB_ID,
    status: "cancelled",
    status_url: `/v1/extract/${JOB_ID}`,
  };
  const present = { status: "cancelled" as const };
  const { server, client } = await startClientLab(t, ({ method }, response) =>
    method === "GET"
      ? replyJson(response, jobIn(present.status))
      : replyJson(response, cancelled, { status: 202 }),
  );
  assert.deepEqual(await client.cancel(JOB_ID), cancelled);
  await client.cancel(JOB_ID, { purge: true });
  assert.deepEqual(
    server.requests.map(({ method, path }) => `${method} ${path}`),
    [`DELETE /v1/extract/${JOB_ID}`, `DELETE /v1/extract/${JOB_ID}?purge=true`],
  );
  server.faults.push(hangUp, refuse("NOT_CANCELLABLE", { status: 409 }));
  assert.deepEqual(await client.cancel(JOB_ID), cancelled);
});

test("cancel of a job that has completed is refused", async (t) => {
  const { server, client } = await startClientLab(t, answerJob);
  server.faults.push(refuse("NOT_CANCELLABLE", { status: 409 }));
  await assert.rejects(client.cancel(JOB_ID), isError({ code: "NOT_CANCELLABLE", status: 409 }));
});

test("the base address may end with a slash and have a path", async (t) => {
  const { server } = await startClientLab(t, answerJob);
  for (const base of ["/", "/quern", "/quern/"]) {
    await createClient({ server: `${server.url}${base}`, key: KEY }).get(JOB_ID);
  }
  const below = `/v1/extract/${JOB_ID}`;
  const paths = server.requests.map(({ path }) => path);
  assert.deepEqual(paths, [below, `/quern${below}`, `/quern${below}`]);
});

const WRONG_SERVERS: Readonly<Record<string, Answer>> = {
  "a page": (_request, response) => response.end("<h1>It works!</h1>"),
  "other JSON": (_request, response) => replyJson(response, { hello: "world" }),
  "an error page": (_request, response) => response.writeHead(404).end("Not Found"),
  "other errors": (_request, response) => replyJson(response, { error: "no" }, { status: 400 }),
};

test("a server that is not Quern is called so", async (t) => {
  for (const [what, answer] of Object.entries(WRONG_SERVERS)) {
    const { server, client } = await startClientLab(t, answer);
    await assert.rejects(client.get(JOB_ID), (error) => {
      assert.ok(error instanceof QuernError, what);
      assert.equal(error.code, "UNEXPECTED_REPLY");
      assert.ok(error.message.startsWith(`${server.url}/ is not a Quern server`), error.message);
      return true;
    });
    assert.equal(server.requests.length, 1, `${what} is not tried again`);
  }
});

test("a redirect is not followed: another server would get the key", async (t) => {
  const { server: other } = await startClientLab(t, answerJob);
  const { client } = await startClientLab(t, (_request, response) =>
    response.writeHead(308, { location: other.url }).end(),
  );
  await assert.rejects(client.get(JOB_ID), (error) => {
    assert.ok(error instanceof QuernError);
    assert.ok(error.message.includes(other.url), error.message);
    return true;
  });
  assert.equal(other.requests.length, 0);
});

test("nobody at the address is said with the address and the reason", async (t) => {
  const { server, client } = await startClientLab(t, answerJob);
  await server.stop();
  await assert.rejects(client.get(JOB_ID), (error) => {
    assert.ok(error instanceof QuernError);
    assert.equal(error.code, "CONNECTION_FAILED");
    assert.match(error.message, /127\.0\.0\.1:\d+\/ can't be reached: .*ECONNREFUSED/);
    return true;
  });
});

test("a signal ends a call with its own reason: while it is asked, and between tries", async (t) => {
  const { server, client } = await startClientLab(t, () => undefined);
  const asking = new AbortController();
  const call = client.get(JOB_ID, { signal: asking.signal });
  setTimeout(() => asking.abort(new Error("no longer wanted")), 50);
  await assert.rejects(call, { message: "no longer wanted" });
  const pausing = new AbortController();
  server.faults.push(refuse("RATE_LIMITED", { status: 429, retryAfter: "20" }));
  setTimeout(() => pausing.abort(new Error("not wanted either")), 100);
  await assert.rejects(client.get(JOB_ID, { signal: pausing.signal }), {
    message: "not wanted either",
  });
});

test("what can't be a server, a key or a job id is refused before anything is asked", async (t) => {
  const { server, client } = await startClientLab(t, answerJob);
  for (const address of ["localhost:3400", "ftp://a/", "http://user:pass@a/", "http://a/?b", ""]) {
    assert.throws(() => createClient({ server: address, key: KEY }), TypeError, address);
  }
  assert.throws(
    () => createClient({ server: server.url, key: "sécret" }),
    (error) => error instanceof TypeError && !error.message.includes("cret"),
  );
  for (const id of ["jobs", "..", "", `${JOB_ID}/events`]) {
    assert.throws(() => client.get(id), TypeError, id);
  }
  assert.equal(server.requests.length, 0);
});
