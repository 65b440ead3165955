import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createRawServer, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { authorizationOf, startBrowserProxyLab } from "../../test/support/browser-proxy-lab.ts";
import { startTcpServer } from "../../test/support/tcp-server.ts";

async function serveRaw(t: TestContext, onSocket: (socket: Socket) => void) {
  const server = await startTcpServer(createRawServer(onSocket));
  t.after(() => server.stop());
  return server;
}

const SHORT = { connectTimeoutMs: 500, idleTimeoutMs: 500 };

for (const [what, bytes] of [
  ["nothing", ""],
  ["half a head", "GET http://page.test/ HTTP/1.1\r\nX-Own"],
  ["nonsense", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["a head that never ends", `GET http://page.test/ HTTP/1.1\r\nX-Own: ${"x".repeat(100_000)}`],
  ["a method that is none", "FOO http://page.test/ HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["an expectation", "GET http://page.test/ HTTP/1.1\r\nExpect: x\r\n\r\n"],
] as const) {
  test(`${what} is answered by hanging up`, async (t) => {
    const { connectRaw } = await startBrowserProxyLab(t, { limits: SHORT });
    const socket = connectRaw();
    if (bytes !== "") socket.write(bytes, "latin1");
    assert.equal(await text(socket).catch(() => ""), "");
  });
}

test("a head that comes byte by byte is not waited for", async (t) => {
  const { open, connectRaw } = await startBrowserProxyLab(t, { limits: SHORT });
  const socket = connectRaw();
  const head = `GET http://page.test/ HTTP/1.1\r\nProxy-Authorization: ${authorizationOf(open())}\r\n`;
  let sent = 0;
  const timer = setInterval(() => socket.write(head[sent++ % head.length] ?? ""), 50);
  t.after(() => clearInterval(timer));
  assert.equal(await text(socket).catch(() => ""), "");
  assert.ok(sent < head.length);
});

test("a host that never answers is given up", async (t) => {
  const silent = await serveRaw(t, () => undefined);
  const { open, ask } = await startBrowserProxyLab(t, { limits: SHORT });
  const pass = open();
  const url = new URL(`http://page.test:${silent.port}/`);
  assert.equal((await ask(pass, url.href)).status, 504);
  assert.equal(pass.errorOf(url)?.reason, "headers");
});

test("a host that cannot be reached in time is given up", async (t) => {
  const { open, ask, tunnel } = await startBrowserProxyLab(t, {
    limits: SHORT,
    dial: () => new Socket(),
  });
  const pass = open();
  assert.equal((await ask(pass, "http://page.test/")).status, 504);
  assert.equal((await tunnel(pass, "page.test:443")).status, 504);
  assert.equal(pass.errorOf(new URL("https://page.test/"))?.reason, "connect");
});

test("an answer that stalls is cut, and so is a tunnel in which nothing moves", async (t) => {
  const stalling = await serveRaw(t, (socket) => {
    socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npage"));
  });
  const { open, ask, tunnel } = await startBrowserProxyLab(t, { limits: SHORT });
  const pass = open();
  await assert.rejects(ask(pass, `http://page.test:${stalling.port}/`), { code: "ECONNRESET" });
  const { socket } = await tunnel(pass, `page.test:${stalling.port}`);
  await once(socket.resume(), "close");
});

test("a tunnel in which something moves stays open", async (t) => {
  const echo = await serveRaw(t, (socket) => socket.pipe(socket));
  const { open, tunnel } = await startBrowserProxyLab(t, { limits: { idleTimeoutMs: 600 } });
  const { socket } = await tunnel(open(), `page.test:${echo.port}`);
  const begun = performance.now();
  while (performance.now() - begun < 900) {
    socket.write("x");
    assert.equal(String(await once(socket, "data")), "x");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
});

test("more connections than it may have are closed", async (t) => {
  const { open, connectRaw, ask } = await startBrowserProxyLab(t, {
    limits: { maxConnections: 2 },
  });
  const pass = open();
  const held = [connectRaw(), connectRaw()];
  await Promise.all(held.map((socket) => once(socket, "connect")));
  await assert.rejects(ask(pass, "http://10.0.0.1/"));
  for (const socket of held) socket.destroy();
  await Promise.all(held.map((socket) => socket.closed || once(socket, "close")));
  const again = connectRaw();
  await once(again, "connect");
  again.destroy();
});
