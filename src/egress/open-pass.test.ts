import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createRawServer, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startBrowserProxyLab } from "../../test/support/browser-proxy-lab.ts";
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

/** A host whose answers begin and never end, and one that only listens. */
const startEndless = (t: TestContext) => serve(t, (_request, response) => response.write("begun"));
const startSilent = (t: TestContext) => serveRaw(t, (socket) => socket.resume());

test("passes count for themselves", async (t) => {
  const { port } = await serve(t, (_request, response) => response.end("x".repeat(1000)));
  const { open, ask } = await startBrowserProxyLab(t);
  const [one, other] = [open(), open()];
  await ask(one, `http://page.test:${port}/`);
  await ask(one, `http://page.test:${port}/`);
  await ask(other, "http://10.0.0.1/");
  assert.deepEqual([one.requests, one.refused, other.requests, other.refused], [2, 0, 1, 1]);
  assert.ok(one.bytes > 2000 && one.bytes < 2500);
  assert.equal(other.bytes, 0);
  assert.equal(one.lastRefusal, null);
});

test("over its bytes everything of a pass is cut, and only that", async (t) => {
  const { port } = await serve(t, (request, response) => {
    if (request.url === "/endless") response.write("begun");
    else response.end(Buffer.alloc(100_000));
  });
  const { open, ask, begin, tunnel } = await startBrowserProxyLab(t);
  const pass = open({ maxBytes: 50_000 });
  const other = open();
  const { socket } = await tunnel(pass, `page.test:${port}`);
  const underWay = await begin(pass, `http://page.test:${port}/endless`);
  const url = new URL(`http://page.test:${port}/`);
  await assert.rejects(ask(pass, url.href), { code: "ECONNRESET" });
  await assert.rejects(text(underWay), { code: "ECONNRESET" });
  if (!socket.closed) await once(socket.resume(), "close");
  assert.equal(pass.errorOf(new URL("http://any.test/"))?.reason, "too_large");
  const refused = await ask(pass, url.href);
  assert.equal(refused.status, 403);
  assert.match(String(refused.headers["proxy-status"]), /too_large/);
  assert.equal((await tunnel(pass, url.host)).status, 403);
  assert.equal(pass.refused, 0);
  assert.equal((await ask(other, url.href)).body.length, 100_000);
});

test("bytes in tunnels count too", async (t) => {
  const server = await serveRaw(t, (socket) => socket.write(Buffer.alloc(1_000_000)));
  const { open, tunnel } = await startBrowserProxyLab(t);
  const pass = open({ maxBytes: 50_000 });
  const { socket } = await tunnel(pass, `page.test:${server.port}`);
  await once(socket.resume(), "close");
  assert.ok(socket.bytesRead < 200_000, "cut as soon as it is noticed");
  assert.equal(pass.errorOf(new URL(`https://page.test:${server.port}/`))?.reason, "too_large");
  await waitUntil(() => server.sockets.size === 0, 5000);
});

for (const [how, end] of [
  ["closed", ({ close }: Ends) => close()],
  ["aborted", ({ abort }: Ends) => abort()],
  ["left by a proxy that stops", ({ stop }: Ends) => void stop()],
] as const) {
  test(`nothing of a pass goes on that is ${how}`, async (t) => {
    const endless = await startEndless(t);
    const silent = await startSilent(t);
    const { proxy, open, begin, ask, tunnel } = await startBrowserProxyLab(t, {
      networks: "127.0.0.1, 10.1.1.1",
      resolve: async (name) => [name === "dropping.test" ? "10.1.1.1" : "127.0.0.1"],
      dial: (host, port) =>
        host === "10.1.1.1" ? new Socket() : new Socket().connect({ host, port }),
    });
    const cancel = new AbortController();
    const pass = open({ signal: cancel.signal });
    const other = open();
    const answer = await begin(pass, `http://page.test:${endless.port}/`);
    const { socket } = await tunnel(pass, `page.test:${silent.port}`);
    const failing = [
      ask(pass, `http://page.test:${silent.port}/`),
      ask(pass, "http://dropping.test/"),
      tunnel(pass, "dropping.test:443"),
      text(answer),
    ];
    const closed = once(socket.resume(), "close");
    await waitUntil(() => silent.sockets.size === 2, 5000);
    end({ close: pass.close, abort: () => cancel.abort(), stop: proxy.stop });
    const ended = await Promise.allSettled(failing);
    assert.deepEqual(new Set(ended.map(({ status }) => status)), new Set(["rejected"]));
    await closed;
    await waitUntil(() => silent.sockets.size + endless.sockets.size === 0, 5000);
    if (how.startsWith("left")) return;
    assert.equal((await ask(pass, "http://page.test/")).status, 407);
    assert.equal((await tunnel(other, `page.test:${silent.port}`)).status, 200);
  });
}

interface Ends {
  readonly close: () => void;
  readonly abort: () => void;
  readonly stop: () => Promise<void>;
}

test("a pass that is opened for a visit that is over is none", async (t) => {
  const { open, ask } = await startBrowserProxyLab(t);
  const pass = open({ signal: AbortSignal.abort() });
  assert.equal((await ask(pass, "http://page.test/")).status, 407);
});

test("a host hears at once that the browser has hung up", async (t) => {
  const silent = await startSilent(t);
  const { open, connectRaw, tunnel, begin } = await startBrowserProxyLab(t);
  const pass = open();
  begin(pass, `http://page.test:${silent.port}/`).catch(() => undefined);
  const { socket } = await tunnel(pass, `page.test:${silent.port}`);
  await waitUntil(() => silent.sockets.size === 2, 5000);
  socket.destroy();
  await waitUntil(() => silent.sockets.size === 1, 5000);
  connectRaw().destroy();
  pass.close();
});

test("a browser that does not read stops the host, and nothing piles up in between", async (t) => {
  let written = 0;
  const server = await serveRaw(t, (socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
      const pour = () => {
        for (let flows = true; flows; written += 65_536) flows = socket.write(Buffer.alloc(65_536));
      };
      socket.on("drain", pour);
      pour();
    });
  });
  const { open, begin, tunnel } = await startBrowserProxyLab(t);
  const pass = open();
  const answer = await begin(pass, `http://page.test:${server.port}/`);
  const { socket } = await tunnel(pass, `page.test:${server.port}`);
  socket.write("go");
  await untilStill(() => written);
  assert.ok(pass.bytes < 40_000_000, `${pass.bytes} bytes were taken from hosts`);
  answer.destroy();
  socket.destroy();
});

async function untilStill(read: () => number): Promise<void> {
  for (let before = -1; before !== read(); ) {
    before = read();
    await pause(100);
  }
}

test("of a pass only so many connections go out at once, and the others wait", async (t) => {
  const endless = await startEndless(t);
  const { open, begin, tunnel } = await startBrowserProxyLab(t, {
    limits: { connectionsPerPass: 2, connectTimeoutMs: 10_000 },
  });
  const pass = open();
  const url = `http://page.test:${endless.port}/`;
  const first = await begin(pass, url);
  const { socket } = await tunnel(pass, `page.test:${endless.port}`);
  const waiting = [begin(pass, url), begin(pass, url)];
  await waitUntil(() => pass.requests === 4, 5000);
  assert.equal(endless.sockets.size, 2);
  await begin(open(), url);
  first.destroy();
  socket.destroy();
  await Promise.all(waiting);
});

test("who waits too long for a connection is told so", async (t) => {
  const endless = await startEndless(t);
  const { open, begin, ask } = await startBrowserProxyLab(t, {
    limits: { connectionsPerPass: 1, connectTimeoutMs: 500 },
  });
  const pass = open();
  const url = `http://page.test:${endless.port}/`;
  await begin(pass, url);
  assert.equal((await ask(pass, url)).status, 504);
  assert.equal(pass.errorOf(new URL(url))?.code, "TIMEOUT");
});
