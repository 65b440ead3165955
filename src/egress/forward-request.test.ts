import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createRawServer } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { authorizationOf, startBrowserProxyLab } from "../../test/support/browser-proxy-lab.ts";
import { startTcpServer } from "../../test/support/tcp-server.ts";
import type { BrowserPass } from "./browser-proxy.ts";

/** Hears everything, and answers each piece that arrives with these bytes. */
async function serveBytes(t: TestContext, answer: string) {
  const heard: string[] = [];
  const server = await startTcpServer(
    createRawServer((socket) => {
      socket.on("data", (chunk) => {
        heard.push(chunk.toString("latin1"));
        socket.write(answer, "latin1");
      });
    }),
  );
  t.after(() => server.stop());
  return { port: server.port, heard };
}

const PAGE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage";

interface RawRequest {
  readonly pass: BrowserPass;
  readonly url: string;
  readonly rest: string;
  readonly method?: string;
}

function rawRequest({ pass, url, rest, method = "POST" }: RawRequest): string {
  return `${method} ${url} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorizationOf(pass)}\r\n${rest}`;
}

const HIDDEN = "GET http://hidden.test/ HTTP/1.1\r\nHost: hidden.test\r\n\r\n";

/** A parser that reads one of them differently would find a second request, or another end of the first. */
const AMBIGUOUS = [
  ["two lengths", `Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`],
  ["a list of lengths", `Content-Length: 0, ${HIDDEN.length}\r\n\r\n${HIDDEN}`],
  ["a signed length", `Content-Length: +5\r\n\r\nhello`],
  [
    "a length and pieces",
    `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ],
  [
    "pieces and a length",
    `Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ],
  ["an unknown coding", `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["pieces that are not last", `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`],
  ["a piece of no size", `Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n`],
  ["a blank before the colon", `Content-Length : 5\r\n\r\nhello`],
  ["a folded line", `X-Own: 1\r\n Content-Length: 5\r\n\r\nhello`],
  ["a bare line feed", `X-Own: 1\nContent-Length: 5\r\n\r\nhello`],
  ["a bare carriage return", `X-Own: 1\rContent-Length: 5\r\n\r\nhello`],
  ["a zero byte", `X-Own: 1\0\r\nContent-Length: 5\r\n\r\nhello`],
  ["an expectation", `Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello`],
] as const;

for (const [what, rest] of AMBIGUOUS) {
  test(`a request with ${what} never reaches the host`, async (t) => {
    const { port, heard } = await serveBytes(t, PAGE);
    const { open, connectRaw } = await startBrowserProxyLab(t);
    const socket = connectRaw();
    socket.end(rawRequest({ pass: open(), url: `http://page.test:${port}/`, rest }), "latin1");
    assert.doesNotMatch(await text(socket), /page/);
    assert.deepEqual(heard, []);
  });
}

test("a second request behind an unanswered one ends the connection", async (t) => {
  const { port, heard } = await serveBytes(t, "");
  const { open, connectRaw } = await startBrowserProxyLab(t);
  const pass = open();
  const socket = connectRaw();
  const first = rawRequest({
    pass,
    url: `http://page.test:${port}/1`,
    rest: "\r\n",
    method: "GET",
  });
  for (const second of [
    first.replace("/1", "/2"),
    rawRequest({ pass, url: `page.test:${port}`, rest: "\r\n", method: "CONNECT" }),
  ]) {
    const connection = connectRaw();
    connection.write(first + second);
    assert.equal(await text(connection), "");
  }
  assert.doesNotMatch(heard.join(), /\/2/);
  socket.destroy();
});

for (const [what, method, url, rest] of [
  ["a path alone", "GET", "/", ""],
  ["another scheme", "GET", "https://page.test/", ""],
  [
    "a wish for another protocol",
    "GET",
    "http://page.test/",
    "Connection: upgrade\r\nUpgrade: h2c\r\n",
  ],
  ["a tunnel to a path", "CONNECT", "page.test:443/path", ""],
  ["a tunnel with a user", "CONNECT", "user@page.test:443", ""],
  ["a tunnel into a zone", "CONNECT", "[fe80::1%25eth0]:443", ""],
] as const) {
  test(`${what} is no request to a proxy`, async (t) => {
    const resolve = () => assert.fail("looked up");
    const { open, connectRaw } = await startBrowserProxyLab(t, { resolve });
    const socket = connectRaw();
    socket.write(rawRequest({ pass: open(), method, url, rest: `${rest}\r\n` }));
    assert.match(await text(socket), /^HTTP\/1\.1 400 /);
  });
}

/** What comes behind would be taken for the answer to the browser's next request, to whatever host that is. */
const SURPLUS = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

for (const [what, answer, body] of [
  ["a second answer", `${PAGE}${SURPLUS}`, "page"],
  [
    "a length beside pieces",
    `HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npage\r\n0\r\n\r\n${SURPLUS}`,
    null,
  ],
  [
    "a body where there is none",
    `HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n${SURPLUS}`,
    "",
  ],
  [
    "two lengths",
    `HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 4\r\n\r\n${SURPLUS}`,
    null,
  ],
  ["another protocol", `HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n${SURPLUS}`, null],
] as const) {
  test(`of an answer with ${what} nothing is left for the next request`, async (t) => {
    const { port } = await serveBytes(t, answer);
    const { port: other } = await serveBytes(t, PAGE.replace("page", "good"));
    const { open, connectRaw } = await startBrowserProxyLab(t);
    const pass = open();
    const socket = connectRaw();
    const askAlong = (to: number, rest: string) =>
      rawRequest({ pass, method: "GET", url: `http://page.test:${to}/`, rest: `${rest}\r\n` });
    socket.write(askAlong(port, ""));
    const first = String(await once(socket, "data"));
    if (body === null) assert.match(first, /^HTTP\/1\.1 502 /);
    else assert.ok(first.endsWith(`\r\n\r\n${body}`), first);
    if (body === null) return;
    socket.write(askAlong(other, "Connection: close\r\n"));
    const second = await text(socket);
    assert.ok(second.endsWith("good"), second);
    assert.doesNotMatch(second, /evil/);
  });
}

test("an answer that ends too early breaks off, and says so", async (t) => {
  const server = await startTcpServer(
    createRawServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npage"));
    }),
  );
  t.after(() => server.stop());
  const { open, ask } = await startBrowserProxyLab(t);
  const pass = open();
  const url = new URL(`http://page.test:${server.port}/`);
  await assert.rejects(ask(pass, url.href), { code: "ECONNRESET" });
  assert.equal(pass.errorOf(url)?.reason, "reset");
});

test("a host that is not there, or not known, is told from one that is refused", async (t) => {
  const { open, ask, tunnel } = await startBrowserProxyLab(t, {
    resolve: async (name) => (name === "page.test" ? ["127.0.0.1"] : []),
  });
  const pass = open();
  for (const [host, reason] of [
    ["page.test:2", "connect"],
    ["other.test", "dns"],
  ] as const) {
    const url = new URL(`http://${host}/`);
    const plain = await ask(pass, url.href);
    assert.equal(plain.status, 502);
    assert.match(String(plain.headers["proxy-status"]), RegExp(`details="${reason}"`));
    assert.doesNotMatch(plain.body, /127|test/);
    assert.equal((await tunnel(pass, `${url.hostname}:${url.port || 80}`)).status, 502);
    assert.equal(pass.errorOf(url)?.code, "NETWORK_ERROR");
    assert.equal(pass.errorOf(url)?.reason, reason);
  }
  assert.equal(pass.refused, 0);
});
