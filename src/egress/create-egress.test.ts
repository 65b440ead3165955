import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createServer as createRawServer, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { createEgressLab } from "../../test/support/egress-lab.ts";
import { settlesWithin } from "../../test/support/settles-within.ts";
import { startTcpServer } from "../../test/support/tcp-server.ts";
import { waitUntil } from "../../test/support/wait-until.ts";

async function serve(t: TestContext, listener: RequestListener) {
  const server = await startTcpServer(createServer(listener));
  t.after(() => server.stop());
  return server;
}

async function serveRaw(t: TestContext, onSocket: (socket: Socket) => void) {
  const server = await startTcpServer(createRawServer(onSocket));
  t.after(() => server.stop());
  return server;
}

interface Count {
  readonly connection: number;
  /** On this connection. */
  readonly request: number;
}

/** Tells each request by its place, as `connection.request`. */
async function serveConnections(
  t: TestContext,
  onRequest: (socket: Socket, count: Count) => unknown,
) {
  const requests: string[] = [];
  let connections = 0;
  const server = await serveRaw(t, (socket) => {
    connections += 1;
    const connection = connections;
    let request = 0;
    socket.on("data", () => {
      request += 1;
      requests.push(`${connection}.${request}`);
      onRequest(socket, { connection, request });
    });
  });
  return { ...server, requests };
}

const answerOf = (body: string) =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const PAGE = answerOf("page");

test("headers are sent in the order of the list, behind host and connection, and no others", async (t) => {
  const seen: string[][] = [];
  const { port } = await serve(t, (request, response) => {
    seen.push([request.method ?? "", request.url ?? "", ...request.rawHeaders]);
    response.end();
  });
  const { read } = createEgressLab();
  await read(`http://page.test:${port}/a?b=c#d`, {
    headers: [
      ["X-Two", "2"],
      ["Accept", "*/*"],
      ["x-one", "1"],
    ],
  });
  assert.deepEqual(seen, [
    [
      ...["GET", "/a?b=c", "host", `page.test:${port}`, "connection", "keep-alive"],
      ...["X-Two", "2", "Accept", "*/*", "x-one", "1"],
    ],
  ]);
});

test("an answer is handed on as it came: repeated headers apart, bytes as they are", async (t) => {
  const bytes = gzipSync("hello");
  const { port } = await serve(t, (_request, response) => {
    response.writeHead(
      200,
      [
        ["Set-Cookie", "a=1"],
        ["Content-Encoding", "gzip"],
        ["Set-Cookie", "b=2"],
        ["X-Latin", "caf\u00e9"],
      ].flat(),
    );
    response.end(bytes);
  });
  const { ask } = createEgressLab();
  const answer = await ask(`http://page.test:${port}/`);
  assert.equal(answer.status, 200);
  assert.equal(answer.proxy, null);
  assert.deepEqual(answer.headers.slice(0, 4), [
    ["set-cookie", "a=1"],
    ["content-encoding", "gzip"],
    ["set-cookie", "b=2"],
    ["x-latin", "caf\u00e9"],
  ]);
  assert.deepEqual(await buffer(answer.body), bytes);
});

test("a redirect is an answer like others and is not followed", async (t) => {
  let visits = 0;
  const { port } = await serve(t, (_request, response) => {
    visits += 1;
    response.writeHead(302, { location: "http://169.254.169.254/" }).end();
  });
  const { ask } = createEgressLab();
  const answer = await ask(`http://page.test:${port}/`);
  assert.equal(answer.status, 302);
  assert.ok(answer.headers.some(([name]) => name === "location"));
  assert.equal(visits, 1);
});

test("early hints are passed over", async (t) => {
  const { port } = await serve(t, (_request, response) => {
    response.writeEarlyHints({ link: "</style.css>; rel=preload" });
    response.end("page");
  });
  assert.equal(await createEgressLab().read(`http://page.test:${port}/`), "page");
});

test("a connection is used again for the same origin and for no other", async (t) => {
  const ports: (number | undefined)[] = [];
  const { port, sockets } = await serve(t, (request, response) => {
    ports.push(request.socket.remotePort);
    response.end("x");
  });
  const { read } = createEgressLab();
  await read(`http://page.test:${port}/1`);
  await read(`http://page.test:${port}/2`);
  assert.equal(ports[0], ports[1]);
  await read(`http://other.test:${port}/3`);
  assert.notEqual(ports[2], ports[0]);
  assert.equal(sockets.size, 2);
});

test("a connection that was closed while it lay idle costs nothing but a new one", async (t) => {
  const { port, sockets } = await serve(t, (_request, response) => response.end("page"));
  const { read } = createEgressLab();
  await read(`http://page.test:${port}/`);
  for (const socket of sockets) socket.resetAndDestroy();
  assert.equal(await read(`http://page.test:${port}/`), "page");
});

test("a used connection that breaks without an answer is replaced once", async (t) => {
  let connections = 0;
  const { port } = await serveRaw(t, (socket) => {
    connections += 1;
    let requests = 0;
    const isFirst = connections === 1;
    socket.on("data", () => {
      requests += 1;
      if (isFirst && requests === 2) socket.destroy();
      else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage");
    });
  });
  const { read } = createEgressLab();
  await read(`http://page.test:${port}/`);
  assert.equal(await read(`http://page.test:${port}/`), "page");
  assert.equal(connections, 2);
});

test("a request that a used connection lost is asked once more, and never a third time", async (t) => {
  const { port, requests } = await serveConnections(t, (socket, { connection, request }) => {
    if (connection === 1 && request === 1) socket.write(PAGE);
    else socket.destroy();
  });
  const { ask, read } = createEgressLab();
  await read(`http://page.test:${port}/`);
  await assert.rejects(ask(`http://page.test:${port}/`), { details: { reason: "reset" } });
  assert.deepEqual(requests, ["1.1", "1.2", "2.1"]);
});

for (const begin of ["H", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 100 Continue\r\n\r\n"]) {
  test(`an answer that breaks off after ${JSON.stringify(begin)} is not asked for again`, async (t) => {
    const { port, requests } = await serveConnections(t, (socket, { request }) => {
      if (request === 1) socket.write(PAGE);
      else socket.end(begin);
    });
    const { ask, read } = createEgressLab();
    await read(`http://page.test:${port}/`);
    await assert.rejects(ask(`http://page.test:${port}/`), { details: { reason: "reset" } });
    assert.deepEqual(requests, ["1.1", "1.2"]);
  });
}

const UNASKED = [
  ["an answer", answerOf("evil")],
  ["half an answer", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"],
  ["a provisional answer", "HTTP/1.1 100 Continue\r\n\r\n"],
] as const;

for (const [what, unasked] of [...UNASKED, ["an empty line", "\r\n"] as const]) {
  test(`a connection that brings ${what} while it lies idle is thrown away`, async (t) => {
    const { port, sockets, requests } = await serveConnections(t, (socket, { connection }) =>
      socket.write(answerOf(`page ${connection}`)),
    );
    const { read } = createEgressLab();
    assert.equal(await read(`http://page.test:${port}/`), "page 1");
    for (const socket of sockets) socket.write(unasked);
    await waitUntil(() => sockets.size === 0, 5000);
    assert.equal(await read(`http://page.test:${port}/`), "page 2");
    assert.deepEqual(requests, ["1.1", "2.1"]);
  });

  test(`${what} that lies unread in the socket when a request comes answers nothing`, async (t) => {
    const { port, sockets } = await serveConnections(t, (socket, { connection }) =>
      socket.write(answerOf(`page ${connection}`)),
    );
    const { read } = createEgressLab();
    assert.equal(await read(`http://page.test:${port}/`), "page 1");
    // In a turn in which the event loop has looked at its sockets already.
    await readFile(import.meta.filename);
    for (const socket of sockets) socket.write(unasked);
    assert.equal(await read(`http://page.test:${port}/`), "page 2");
  });
}

for (const [what, unasked] of UNASKED) {
  test(`a connection that has ${what} behind its last one is thrown away`, async (t) => {
    const { port, sockets } = await serveConnections(t, (socket, { connection }) =>
      socket.write(answerOf(`page ${connection}`) + (connection === 1 ? unasked : "")),
    );
    const { read } = createEgressLab();
    assert.equal(await read(`http://page.test:${port}/`), "page 1");
    assert.equal(await read(`http://page.test:${port}/`), "page 2");
    await waitUntil(() => sockets.size === 1, 5000);
  });
}

for (const [what, provisional] of [
  ["100 Continue", "HTTP/1.1 100 Continue\r\n\r\n"],
  ["102 Processing", "HTTP/1.1 102 Processing\r\nX: y\r\n\r\n"],
  ["103 Early Hints", "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"],
  ["several kinds", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"],
] as const) {
  test(`${what} before the answer is passed over, in one piece and byte by byte`, async (t) => {
    const { port, requests } = await serveConnections(t, async (socket, { request }) => {
      if (request === 1) return socket.write(provisional + PAGE);
      for (const byte of provisional + PAGE) {
        socket.write(byte);
        await nextTurn();
      }
      return true;
    });
    const { read } = createEgressLab();
    assert.equal(await read(`http://page.test:${port}/`), "page");
    assert.equal(await read(`http://page.test:${port}/`), "page");
    assert.deepEqual(requests, ["1.1", "1.2"], "on one connection");
  });
}

for (const [what, provisional] of [
  ["very many", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(21)],
  ["very long", `HTTP/1.1 103 Early Hints\r\nX: ${"y".repeat(20_000)}\r\n\r\n`],
  ["endless", `HTTP/1.1 100 Continue\r\n${"X: y\r\n".repeat(5000)}`],
] as const) {
  test(`provisional answers that are ${what} end the request`, async (t) => {
    const { port, sockets } = await serveRaw(t, (socket) =>
      socket.on("data", () => socket.write(provisional)),
    );
    await assert.rejects(createEgressLab().ask(`http://page.test:${port}/`), {
      code: "NETWORK_ERROR",
      details: { reason: "headers_too_large" },
    });
    await waitUntil(() => sockets.size === 0, 5000);
  });
}

for (const upgrade of ["", "Connection: upgrade\r\nUpgrade: websocket\r\n"]) {
  test(`another protocol that nobody asked for is a reset${upgrade && ", named or not"}`, async (t) => {
    const { port } = await serveRaw(t, (socket) =>
      socket.on("data", () => socket.write(`HTTP/1.1 101 Switching Protocols\r\n${upgrade}\r\n`)),
    );
    await assert.rejects(createEgressLab().ask(`http://page.test:${port}/`), {
      details: { reason: "reset" },
    });
  });
}

test("a new connection that breaks without an answer is a reset", async (t) => {
  const { port } = await serveRaw(t, (socket) => socket.on("data", () => socket.destroy()));
  await assert.rejects(createEgressLab().ask(`http://page.test:${port}/`), {
    code: "NETWORK_ERROR",
    details: { reason: "reset" },
  });
});

test("what is not HTTP is a reset", async (t) => {
  const { port } = await serveRaw(t, (socket) => socket.write("SSH-2.0-OpenSSH_9.9\r\n"));
  await assert.rejects(createEgressLab().ask(`http://page.test:${port}/`), {
    code: "NETWORK_ERROR",
    details: { reason: "reset" },
  });
});

for (const [how, head] of [
  ["a length that is not reached", "Content-Length: 100"],
  ["chunks that never end", "Transfer-Encoding: chunked"],
] as const) {
  test(`a body that breaks off (${how}) ends with a reset after what came`, async (t) => {
    const { port } = await serveRaw(t, (socket) =>
      socket.on("data", () => socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n4\r\npage\r\n`)),
    );
    const answer = await createEgressLab().ask(`http://page.test:${port}/`);
    let text = "";
    await assert.rejects(
      async () => {
        for await (const chunk of answer.body) text += Buffer.from(chunk).toString();
      },
      { code: "NETWORK_ERROR", details: { reason: "reset" } },
    );
    assert.match(text, /page/);
  });
}

test("a body without a length ends with its connection", async (t) => {
  const { port } = await serveRaw(t, (socket) =>
    socket.on("data", () => socket.end("HTTP/1.0 200 OK\r\n\r\npage")),
  );
  assert.equal(await createEgressLab().read(`http://page.test:${port}/`), "page");
});

test("headers over 64 KiB are refused", async (t) => {
  const { port } = await serveRaw(t, (socket) =>
    socket.on("data", () => socket.write(`HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(40_000)}`)),
  );
  await assert.rejects(createEgressLab().ask(`http://page.test:${port}/`), {
    code: "NETWORK_ERROR",
    details: { reason: "headers_too_large" },
  });
});

test("a host that does not answer is given up after the time for headers", async (t) => {
  const { port, sockets } = await serveRaw(t, (socket) => socket.resume());
  await assert.rejects(
    createEgressLab().ask(`http://page.test:${port}/`, { headersTimeoutMs: 50 }),
    { code: "TIMEOUT", details: { reason: "headers" } },
  );
  await waitUntil(() => sockets.size === 0, 5000);
});

test("bodies are read only as fast as they are wanted", async (t) => {
  let written = 0;
  const { port } = await serve(t, (_request, response) => {
    const chunk = Buffer.alloc(64 * 1024);
    const write = () => {
      while (written < 64 * 1024 * 1024 && response.write(chunk)) written += chunk.length;
    };
    response.on("drain", write);
    write();
  });
  const answer = await createEgressLab().ask(`http://page.test:${port}/`);
  await pause(200);
  assert.ok(written < 16 * 1024 * 1024, `${written} bytes were written although nobody reads`);
  answer.body.destroy();
});

test("a body that is destroyed ends its connection and gives the turn back", async (t) => {
  const { port, sockets } = await serve(t, (_request, response) => response.write("begun"));
  const { ask, egress } = createEgressLab({ hostConcurrency: 1 });
  const answer = await ask(`http://page.test:${port}/`);
  answer.body.destroy();
  await waitUntil(() => sockets.size === 0, 5000);
  const turn = await egress.waitForTurn(
    new URL(`http://page.test:${port}/`),
    AbortSignal.timeout(1000),
  );
  turn.release();
});

test("leaving the loop over a body destroys it", async (t) => {
  const { port, sockets } = await serve(t, (_request, response) => response.write("begun"));
  const answer = await createEgressLab().ask(`http://page.test:${port}/`);
  for await (const _chunk of answer.body) break;
  await waitUntil(() => sockets.size === 0, 5000);
});

for (const [what, body] of [
  ["before the headers", null],
  ["in the body", "begun"],
] as const) {
  test(`an abort ${what} ends the request at once, with its reason`, async (t) => {
    const asked = Promise.withResolvers<void>();
    const { port, sockets } = await serve(t, (_request, response) => {
      if (body === null) asked.resolve();
      else response.write(body, () => asked.resolve());
    });
    const cancel = new AbortController();
    const { ask } = createEgressLab();
    const reading = ask(`http://page.test:${port}/`, { signal: cancel.signal }).then((answer) =>
      buffer(answer.body),
    );
    await asked.promise;
    assert.equal(await settlesWithin(reading, 20), false);
    cancel.abort(new Error("cancelled"));
    assert.ok(await settlesWithin(reading));
    await assert.rejects(reading, { message: "cancelled" });
    await waitUntil(() => sockets.size === 0, 5000);
  });
}

test("a turn is given back exactly once, however its request ends", async (t) => {
  const { port } = await serve(t, (request, response) =>
    request.url === "/break" ? request.socket.destroy() : response.end("page"),
  );
  const { ask, egress } = createEgressLab();
  for (const [path, ends] of [
    ["/", "whole"],
    ["/break", "fails"],
    ["/", "is destroyed"],
  ] as const) {
    const url = new URL(`http://page.test:${port}${path}`);
    const turn = await egress.waitForTurn(url, AbortSignal.timeout(1000));
    const releases: string[] = [];
    const counted = { host: turn.host, release: () => void releases.push(ends) };
    const reading = ask(url.href, { turn: counted }).then(async ({ body }) => {
      if (ends === "whole") await buffer(body);
      body.destroy();
    });
    await reading.catch(() => undefined);
    turn.release();
    assert.deepEqual(releases, [ends]);
  }
});

test("stopping ends idle connections and requests under way", async (t) => {
  const { port, sockets } = await serve(t, (request, response) => {
    if (request.url === "/idle") response.end();
    else response.write("begun");
  });
  const { ask, read, egress } = createEgressLab();
  await read(`http://page.test:${port}/idle`);
  const answer = await ask(`http://page.test:${port}/`);
  await egress.stop();
  await assert.rejects(buffer(answer.body));
  await waitUntil(() => sockets.size === 0, 5000);
  await assert.rejects(ask(`http://page.test:${port}/`), { code: "CANCELLED" });
});

test("requests under way when their server ends do not end the process", async (t) => {
  const server = await serve(t, (_request, response) => response.write("begun"));
  const { ask } = createEgressLab();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => ask(`http://page.test:${server.port}/`)),
  );
  for (const socket of server.sockets) socket.resetAndDestroy();
  for (const { body } of answers) await assert.rejects(buffer(body), { code: "NETWORK_ERROR" });
});

for (const [authorization, connections] of [
  ["Negotiate YII=", 2],
  ["NTLM TlRM", 2],
  ["Basic dTpw", 1],
  ["bearer abc", 1],
] as const) {
  test(`a connection that carried "${authorization}" has ${connections === 1 ? "others" : "nobody else"} on it`, async (t) => {
    const used = new Set<number | undefined>();
    const { port } = await serve(t, (request, response) => {
      used.add(request.socket.remotePort);
      response.end("page");
    });
    const { read } = createEgressLab();
    await read(`http://page.test:${port}/`, { headers: [["Authorization", authorization]] });
    await read(`http://page.test:${port}/`);
    assert.equal(used.size, connections);
  });
}

test("no header of an order steers the connection, and nothing is dialled for it", async () => {
  const { ask } = createEgressLab({ dial: () => assert.fail("dialled") });
  for (const name of ["Host", "Connection", "content-length", "Transfer-Encoding", "Upgrade"]) {
    await assert.rejects(ask("http://page.test/", { headers: [[name, "1"]] }), {
      code: "INTERNAL_ERROR",
    });
  }
});
