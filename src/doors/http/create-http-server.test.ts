import assert from "node:assert/strict";
import { once } from "node:events";
import { METHODS } from "node:http";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DOOR_KEYS,
  DOOR_PAGE,
  type HttpDoor,
  startHttpDoor,
} from "../../../test/support/http-door.ts";
import { sendRaw } from "../../../test/support/send-raw.ts";
import { readFailure, readHealth, readPage, readRefusal } from "../../../test/support/shapes.ts";
import { waitUntil } from "../../../test/support/wait-until.ts";
import { PageError, RequestError } from "../../contract/app-error.ts";
import type { PageResult } from "../../contract/page.ts";

let door: HttpDoor;
before(async () => {
  door = await startHttpDoor();
});
after(() => door.stop());

const URL_OF_PAGE = "https://example.com/";

test("a path that no route has is 404", async () => {
  for (const path of [
    "/",
    "/v1",
    "/v1/extract/",
    "/V1/extract",
    "/docs/x",
    "/%ff",
    "/favicon.ico",
  ]) {
    assert.equal(readRefusal(await door.api.get(path), 404).code, "NOT_FOUND", path);
  }
});

const ALLOWED = { "/v1/extract": "POST", "/health": "GET, HEAD", "/metrics": "GET, HEAD" };

test("a method that a path lacks is 405 with those that it has, even an odd one", async () => {
  for (const [path, allow] of Object.entries(ALLOWED)) {
    const lacking = METHODS.filter((method) => !allow.includes(method) && method !== "CONNECT");
    for (const method of lacking) {
      const head = `${method} ${path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${DOOR_KEYS.all}`;
      const answer = await sendRaw(door.url, `${head}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 405 Method Not Allowed\r\n/, `${method} ${path}`);
      assert.match(answer, new RegExp(`\r\nallow: ${allow}\r\n`), `${method} ${path}`);
    }
  }
});

test("HEAD is GET without the body", async () => {
  for (const path of ["/health", "/docs", "/openapi.json", "/metrics"]) {
    const { status, text, headers } = await door.api.send({ method: "HEAD", path });
    assert.deepEqual([status, text], [200, ""], path);
    assert.ok(Number(headers.get("content-length")) > 0, path);
  }
});

test("a target in absolute form is read as HTTP wants it", async () => {
  const request = "GET http://quern.example/health HTTP/1.1\r\nHost: quern.example\r\n";
  assert.match(await sendRaw(door.url, `${request}Connection: close\r\n\r\n`), /^HTTP\/1\.1 200 /);
});

test("JSON alone is asked of Accept under /v1, and nothing elsewhere", async () => {
  const headers = { accept: "text/html" };
  const refused = await door.api.send({ method: "POST", path: "/v1/extract", headers });
  assert.equal(readRefusal(refused, 406).code, "NOT_ACCEPTABLE");
  assert.equal((await door.api.send({ path: "/health", headers })).status, 200);
});

test("every reply has the caller's request id, or a new one, and errors repeat it", async () => {
  const named = await door.api.send({
    path: "/v1/nothing",
    headers: { "x-request-id": "my-id_1.2" },
  });
  assert.equal(named.headers.get("x-request-id"), "my-id_1.2");
  assert.equal(readRefusal(named, 404).correlation_id, "my-id_1.2");
  const odd = await door.api.send({ path: "/v1/nothing", headers: { "x-request-id": "a b" } });
  assert.match(odd.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(readRefusal(odd, 404).correlation_id, odd.headers.get("x-request-id"));
});

test("health is the service's word, with 503 for unavailable and never a Retry-After", async () => {
  for (const [status, code] of [
    ["ok", 200],
    ["degraded", 200],
    ["unavailable", 503],
  ] as const) {
    const other = await startHttpDoor({ services: { health: async () => status } });
    const answer = await other.api.send({ path: "/health", key: null });
    assert.deepEqual(readHealth(answer, code), {
      service: "quern",
      status,
      timestamp: "2026-01-30T12:00:00.000Z",
      version: "1.2.3",
    });
    assert.equal(answer.headers.get("retry-after"), null);
    await other.stop();
  }
});

async function withExtract(
  extract: (signal: AbortSignal) => Promise<PageResult>,
  use: (other: HttpDoor) => Promise<void>,
): Promise<void> {
  const other = await startHttpDoor({ services: { extract: ({ signal }) => extract(signal) } });
  try {
    await use(other);
  } finally {
    await other.stop();
  }
}

test("the page's failure is told, its cause only to the log", async () => {
  const failure = new PageError("NETWORK_ERROR", {
    details: { reason: "connect" },
    cause: new Error("ECONNREFUSED 10.1.2.3"),
  });
  await withExtract(
    () => Promise.reject(failure),
    async (other) => {
      const answer = await other.api.extract({ url: URL_OF_PAGE });
      const { code, details, retryable } = readFailure(answer);
      assert.deepEqual([code, details, retryable], ["NETWORK_ERROR", { reason: "connect" }, true]);
      assert.doesNotMatch(answer.text, /10\.1\.2\.3/);
      await waitUntil(() => other.logLines().some(({ msg }) => msg === "cause of an error"), 1000);
    },
  );
});

test("an error that nobody foresaw is 500 that says nothing, and an error line that says all", async () => {
  await withExtract(
    () => Promise.reject(new TypeError("swordfish is not a function")),
    async (other) => {
      const answer = await other.api.extract({ url: URL_OF_PAGE });
      assert.equal(readRefusal(answer, 500).code, "INTERNAL_ERROR");
      assert.doesNotMatch(answer.text, /swordfish/);
      await waitUntil(() => other.logLines().some(({ level }) => level === "error"), 1000);
      assert.match(JSON.stringify(other.logLines()), /swordfish/);
    },
  );
});

test("a limit is answered with how long to wait", async () => {
  const limit = new RequestError("WORK_CONCURRENCY_LIMITED", { retryAfterSeconds: 7 });
  await withExtract(
    () => Promise.reject(limit),
    async (other) => {
      const answer = await other.api.extract({ url: URL_OF_PAGE });
      assert.equal(readRefusal(answer, 429).code, "WORK_CONCURRENCY_LIMITED");
      assert.equal(answer.headers.get("retry-after"), "7");
    },
  );
});

test("a caller that hangs up aborts the work, and is no fault", async () => {
  const aborted = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  const hang = (signal: AbortSignal) => {
    started.resolve();
    return new Promise<PageResult>((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        aborted.resolve();
        reject(signal.reason);
      });
    });
  };
  await withExtract(hang, async (other) => {
    const hangUp = new AbortController();
    const answer = other.api.send({
      method: "POST",
      path: "/v1/extract",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: URL_OF_PAGE }),
      signal: hangUp.signal,
    });
    await started.promise;
    hangUp.abort();
    await assert.rejects(answer, { name: "AbortError" });
    await aborted.promise;
    await waitUntil(() => other.logLines().some(({ status }) => status === 499), 1000);
    assert.ok(other.logLines().every(({ level }) => level === "info"));
  });
});

test("a request leaves one line: who, what, how it ended; no body, no key, no query", async () => {
  const before = door.logLines().length;
  await door.api.send({
    method: "POST",
    path: "/v1/extract?token=swordfish",
    headers: { "content-type": "application/json", "x-request-id": "logged" },
    body: JSON.stringify({
      url: "https://example.com/?secret=swordfish",
      headers: { Cookie: "swordfish" },
    }),
  });
  await door.api.get("/nothing/swordfish");
  await waitUntil(() => door.logLines().length >= before + 2, 1000);
  const [page, nothing] = door.logLines().slice(before);
  const { time: _, durationMs, bytes, ...rest } = page ?? {};
  assert.deepEqual(rest, {
    level: "info",
    requestId: "logged",
    keyId: "id-of-all",
    method: "POST",
    route: "/v1/extract",
    status: 200,
    code: null,
    msg: "request",
  });
  assert.ok(Number.isInteger(durationMs) && Number(bytes) > 100);
  assert.deepEqual([nothing?.["route"], nothing?.["code"]], ["unmatched", "NOT_FOUND"]);
  assert.doesNotMatch(JSON.stringify(door.logLines()), new RegExp(`swordfish|${DOOR_KEYS.all}`));
});

test("requests are measured by route, method and class of status", async () => {
  await door.api.extract({ url: URL_OF_PAGE });
  await door.api.get("/v1/swordfish");
  const { text } = await door.api.get("/metrics");
  assert.match(
    text,
    /quern_http_requests_total\{route="\/v1\/extract",method="POST",status="2xx"\} \d/,
  );
  assert.match(text, /quern_http_requests_total\{route="unmatched",method="GET",status="4xx"\} \d/);
  assert.doesNotMatch(text, /swordfish/);
});

/** An extraction that ends when the test says with what. */
function holdPage() {
  const page = Promise.withResolvers<PageResult>();
  const started = Promise.withResolvers<void>();
  const extract = () => {
    started.resolve();
    return page.promise;
  };
  return { page, started, extract };
}

test("while it stops, work under way ends, new work is 503, everything else goes on", async () => {
  const { page, started, extract } = holdPage();
  await withExtract(extract, async (other) => {
    const running = other.api.extract({ url: URL_OF_PAGE });
    await started.promise;
    let isDone = false;
    const done = other.server.beginStop().then(() => {
      isDone = true;
    });
    const refused = await other.api.extract({ url: URL_OF_PAGE });
    assert.equal(readRefusal(refused, 503).code, "UNAVAILABLE");
    assert.equal(refused.headers.get("retry-after"), "1");
    assert.equal(refused.headers.get("connection"), "close");
    const health = await other.api.send({ path: "/health", key: null });
    assert.equal(readHealth(health, 503).status, "unavailable");
    assert.equal(health.headers.get("retry-after"), null);
    assert.equal((await other.api.get("/metrics")).status, 200);
    assert.equal(isDone, false);
    page.resolve(DOOR_PAGE);
    readPage(await running);
    await done;
  });
});

test("closing lets an answer under way end, and takes no new connection", async () => {
  const { page, started, extract } = holdPage();
  await withExtract(extract, async (other) => {
    const running = other.api.extract({ url: URL_OF_PAGE });
    await started.promise;
    const closed = other.server.close(new AbortController().signal);
    await assert.rejects(other.api.get("/health"), { message: "fetch failed" });
    page.resolve(DOOR_PAGE);
    readPage(await running);
    await closed;
  });
});

test("closing cuts what does not end in time", async () => {
  const { started, extract } = holdPage();
  await withExtract(extract, async (other) => {
    const running = assert.rejects(other.api.extract({ url: URL_OF_PAGE }));
    await started.promise;
    const cut = new AbortController();
    const closed = other.server.close(cut.signal).then(() => "closed");
    assert.equal(await Promise.race([closed, sleep(100, "waits")]), "waits");
    cut.abort();
    await closed;
    await running;
  });
});

test("a caller that sends its headers too slowly loses its connection, and gets a reason", async () => {
  const other = await startHttpDoor({
    receiveLimits: { headersTimeoutMs: 200, requestTimeoutMs: 400, checkingIntervalMs: 50 },
  });
  try {
    const { hostname, port } = new URL(other.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write("POST /v1/extract HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    // The usual limits would let it wait for minutes.
    await once(socket, "end", { signal: AbortSignal.timeout(10_000) });
    assert.match(text, /^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*"code":"TIMEOUT"/);
    socket.destroy();
  } finally {
    await other.stop();
  }
});
