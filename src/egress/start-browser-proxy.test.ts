import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createRawServer } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { connect as connectTls } from "node:tls";
import { authorizationOf, startBrowserProxyLab } from "../../test/support/browser-proxy-lab.ts";
import { startHttpProxy } from "../../test/support/http-proxy.ts";
import { NAMED_CERTIFICATE } from "../../test/support/self-signed-files.ts";
import { startSocksProxy } from "../../test/support/socks-proxy.ts";
import { startTcpServer } from "../../test/support/tcp-server.ts";
import { trustNamedCertificate } from "../../test/support/trust-named-certificate.ts";
import type { BrowserRefusal } from "./browser-proxy.ts";
import type { Dial } from "./dial-first.ts";

const PUBLIC = "93.184.215.14";
const PUBLIC_IPV6 = "2600:1406::1";

async function serve(t: TestContext, listener: RequestListener) {
  const server = await startTcpServer(createServer(listener));
  t.after(() => server.stop());
  return server;
}

async function serveTls(t: TestContext) {
  const server = await startTcpServer(
    createTlsServer(NAMED_CERTIFICATE, (request, response) => response.end(request.url)),
  );
  t.after(() => server.stop());
  return server;
}

/** Whatever is dialled is noted, and leads to loopback. */
function record() {
  const dialled: string[] = [];
  const dial: Dial = (address, port) => {
    dialled.push(address);
    return connect({ host: "127.0.0.1", port });
  };
  return { dialled, dial };
}

test("a plain request and its answer pass as they are, without what is between browser and proxy", async (t) => {
  const seen: unknown[] = [];
  const { port } = await serve(t, async (request, response) => {
    seen.push([request.method, request.url, request.rawHeaders, await text(request)]);
    response.writeHead(201, [
      ...["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Latin", "caf\u00e9"],
      ...["Connection", "X-Hop", "X-Hop", "1", "Proxy-Status", "quern; error=x"],
      ...["Proxy-Authenticate", "Basic", "Content-Length", "4"],
    ]);
    // Behind a text the headers would be sent as UTF-8.
    response.end(Buffer.from("page"));
  });
  const { open, ask } = await startBrowserProxyLab(t);
  const answer = await ask(open(), `http://Page.TEST:${port}/a?b=c`, {
    method: "POST",
    headers: {
      ...{ "Proxy-Connection": "keep-alive", Connection: "X-Own", "X-Own": "1", TE: "trailers" },
      ...{ "Proxy-Whatever": "1", Host: "other.test", "User-Agent": "browser" },
    },
    body: "body",
  });
  assert.deepEqual(seen, [
    [
      ...["POST", "/a?b=c"],
      [
        ...["host", `page.test:${port}`, "connection", "keep-alive"],
        ...["User-Agent", "browser", "content-length", "4"],
      ],
      "body",
    ],
  ]);
  const own = answer.rawHeaders.slice(0, answer.rawHeaders.indexOf("Connection"));
  assert.deepEqual(
    own.filter((part) => part !== "date" && !/GMT$/.test(part)),
    [
      ...["set-cookie", "a=1", "set-cookie", "b=2", "x-latin", "caf\u00e9"],
      ...["content-length", "4"],
    ],
  );
  assert.equal(answer.status, 201);
  assert.equal(answer.body, "page");
});

for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
  test(`${method} is passed on`, async (t) => {
    const { port } = await serve(t, (request, response) => {
      response.writeHead(200, { "x-method": request.method, "content-length": 4 }).end("page");
    });
    const { open, ask } = await startBrowserProxyLab(t);
    const answer = await ask(open(), `http://page.test:${port}/`, { method });
    assert.equal(answer.headers["x-method"], method);
    assert.equal(answer.headers["content-length"], "4");
    assert.equal(answer.body, method === "HEAD" ? "" : "page");
  });
}

test("a body without a length is passed on", async (t) => {
  const { port } = await serve(t, async (request, response) => {
    response.end(await text(request));
  });
  const { open, ask } = await startBrowserProxyLab(t);
  const headers = { "Transfer-Encoding": "chunked" };
  const answer = await ask(open(), `http://page.test:${port}/`, {
    ...{ method: "POST", headers, body: "in pieces" },
  });
  assert.equal(answer.body, "in pieces");
});

test("a tunnel carries TLS that is between browser and host", async (t) => {
  const { port } = await serveTls(t);
  const { open, tunnel } = await startBrowserProxyLab(t);
  const pass = open();
  const { socket } = await tunnel(pass, `secure.test:${port}`);
  const secured = connectTls({ socket, servername: "secure.test", ca: NAMED_CERTIFICATE.cert });
  secured.write("GET /path HTTP/1.1\r\nHost: secure.test\r\nConnection: close\r\n\r\n");
  assert.match(await text(secured), /\/path$/);
  assert.equal(pass.requests, 1);
  assert.ok(pass.bytes > 500, "the handshake counts");
});

test("a WebSocket passes through a tunnel, both ways", async (t) => {
  const site = createServer();
  site.on("upgrade", (_request, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    socket.pipe(socket);
  });
  const { port, stop } = await startTcpServer(site);
  t.after(stop);
  const { open, tunnel } = await startBrowserProxyLab(t);
  const { socket } = await tunnel(open(), `page.test:${port}`);
  socket.write(
    "GET /ws HTTP/1.1\r\nHost: page.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  );
  assert.match(String(await once(socket, "data")), /^HTTP\/1\.1 101/);
  socket.write("frame");
  assert.equal(String(await once(socket, "data")), "frame");
});

test("a host that speaks first is heard through a tunnel", async (t) => {
  const server = await startTcpServer(createRawServer((socket) => socket.end("hello")));
  t.after(() => server.stop());
  const { open, tunnel } = await startBrowserProxyLab(t);
  const { socket } = await tunnel(open(), `page.test:${server.port}`);
  assert.equal(await text(socket), "hello");
});

test("a redirect is an answer, and whoever follows it is judged anew", async (t) => {
  const { port } = await serve(t, (_request, response) => {
    response.writeHead(302, { location: "http://169.254.169.254/" }).end();
  });
  const { open, ask } = await startBrowserProxyLab(t);
  const pass = open();
  const answer = await ask(pass, `http://page.test:${port}/`);
  assert.equal(answer.status, 302);
  assert.equal((await ask(pass, answer.headers.location ?? "")).status, 403);
});

test("what was judged is what is dialled, with one look-up for each connection", async (t) => {
  const { port } = await serve(t, (_request, response) => response.end("page"));
  const { dialled, dial } = record();
  const answers = [[PUBLIC], [PUBLIC_IPV6], ["169.254.169.254"], ["127.0.0.1"]];
  const { open, ask, tunnel } = await startBrowserProxyLab(t, {
    networks: "",
    dial,
    resolve: async () => answers.shift() ?? [],
  });
  const pass = open();
  const statuses = [
    (await ask(pass, `http://page.test:${port}/`, { method: "POST" })).status,
    (await tunnel(pass, `page.test:${port}`)).status,
    (await ask(pass, `http://page.test:${port}/`, { method: "POST" })).status,
    (await tunnel(pass, `page.test:${port}`)).status,
  ];
  assert.deepEqual(statuses, [200, 200, 403, 403]);
  assert.deepEqual(dialled, [PUBLIC, PUBLIC_IPV6]);
  assert.equal(answers.length, 0);
});

test("IPv6 literals are dialled as they are", async (t) => {
  const { port } = await serve(t, (request, response) => response.end(request.headers.host));
  const { dialled, dial } = record();
  const resolve = () => assert.fail("looked up");
  const { open, ask, tunnel } = await startBrowserProxyLab(t, { networks: "", dial, resolve });
  const pass = open();
  const { body } = await ask(pass, `http://[${PUBLIC_IPV6}]:${port}/`);
  assert.equal(body, `[${PUBLIC_IPV6}]:${port}`);
  assert.equal((await tunnel(pass, `[${PUBLIC_IPV6}]:${port}`)).status, 200);
  assert.deepEqual(dialled, [PUBLIC_IPV6, PUBLIC_IPV6]);
});

/** All of them mean this machine, or end there. */
const SPELLINGS = [
  ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1"],
  ...["127.0.0.1.", "127.255.255.254", "0.0.0.0", "0", "localhost", "LocalHost.", "a.localhost"],
  ...["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[0:0::0:1]"],
  ...["[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "169.254.169.254", "10.0.0.1"],
  ...["private.test", "mixed.test"],
];

const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  "private.test": ["127.0.0.1"],
  "mixed.test": [PUBLIC, "127.0.0.1"],
};

async function startCanary(t: TestContext) {
  let visits = 0;
  const server = await startTcpServer(
    createServer((_request, response) => response.end("canary")).on("connection", () => {
      visits += 1;
    }),
  );
  t.after(() => server.stop());
  return { port: server.port, visits: () => visits };
}

test("a forbidden address sees no connection, however it is written", async (t) => {
  const canary = await startCanary(t);
  const { open, ask, tunnel } = await startBrowserProxyLab(t, {
    networks: "",
    resolve: async (name) => ADDRESSES[name] ?? [],
  });
  const refusals: BrowserRefusal[] = [];
  const pass = open({ onRefused: (refusal) => refusals.push(refusal) });
  for (const host of SPELLINGS) {
    const plain = await ask(pass, `http://${host}:${canary.port}/`);
    assert.equal(plain.status, 403, host);
    assert.match(String(plain.headers["proxy-status"]), /^quern; error=http_request_denied;/);
    assert.doesNotMatch(plain.body, /\d+\.\d+|::|test|localhost/);
    assert.equal((await tunnel(pass, `${host}:${canary.port}`)).status, 403, host);
  }
  assert.equal(canary.visits(), 0);
  assert.equal(pass.refused, 2 * SPELLINGS.length);
  assert.equal(refusals.length, pass.refused);
  assert.deepEqual(pass.lastRefusal, {
    host: `mixed.test:${canary.port}`,
    reason: "address_not_allowed",
  });
  const error = pass.errorOf(new URL(`https://mixed.test:${canary.port}/any`));
  assert.equal(error?.code, "INVALID_URL");
  assert.equal(pass.errorOf(new URL("https://page.test/")), null);
});

test("the same spellings do reach it where the operator lets them through", async (t) => {
  const canary = await startCanary(t);
  const { open, ask, tunnel } = await startBrowserProxyLab(t, {
    networks: "127.0.0.0/8, 0.0.0.0/32",
    resolve: async (name) => ADDRESSES[name] ?? [],
  });
  const pass = open();
  const reaching = SPELLINGS.slice(0, 11).filter((host) => host !== "127.255.255.254");
  for (const host of [...reaching, "[::ffff:127.0.0.1]", "private.test"]) {
    assert.equal((await ask(pass, `http://${host}:${canary.port}/`)).body, "canary", host);
    const { status, socket } = await tunnel(pass, `${host}:${canary.port}`);
    assert.equal(status, 200, host);
    socket.destroy();
  }
  assert.ok(canary.visits() >= 12);
});

test("ports are judged as for pages", async (t) => {
  const { dialled, dial } = record();
  const { open, ask, tunnel } = await startBrowserProxyLab(t, {
    networks: "",
    dial,
    resolve: async () => [PUBLIC],
  });
  const pass = open();
  for (const port of [0, 22, 25, 6667]) {
    assert.equal((await ask(pass, `http://page.test:${port}/`)).status, 403);
    assert.equal((await tunnel(pass, `page.test:${port}`)).status, 403);
  }
  assert.equal(pass.lastRefusal?.reason, "port_not_allowed");
  assert.deepEqual(dialled, []);
});

test("without the credentials of an open pass there is 407 and nothing else", async (t) => {
  const canary = await startCanary(t);
  const { open, ask, tunnel } = await startBrowserProxyLab(t);
  const pass = open();
  const closed = open();
  closed.close();
  const encode = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  const { username, password } = pass;
  for (const shown of [
    ...["", "Basic", "Basic ", "Basic !", `Bearer ${password}`, authorizationOf(closed)],
    ...[`${authorizationOf(pass)} x`, encode(username), encode(`${username}:`), encode(":")],
    ...[encode(`${username}:${password.slice(0, -1)}`), encode(`${username}:${password}x`)],
    ...[encode(`${closed.username}:${password}`), encode(`${username}:${closed.password}`)],
  ]) {
    const headers = { "proxy-authorization": shown };
    const plain = await ask(pass, `http://page.test:${canary.port}/`, { headers });
    assert.equal(plain.status, 407, shown);
    assert.equal(plain.body, "");
    assert.equal((await ask(pass, "/", { headers })).status, 407);
    assert.equal((await tunnel(pass, `page.test:${canary.port}`, { headers })).status, 407);
  }
  assert.equal(canary.visits(), 0);
  assert.equal(pass.requests, 0);
  assert.equal((await ask(pass, `http://page.test:${canary.port}/`)).body, "canary");
});

test("it listens on 127.0.0.1 alone", async (t) => {
  const { proxy } = await startBrowserProxyLab(t);
  const { port } = new URL(proxy.server);
  for (const host of ["127.0.0.2", "::1"]) {
    const [error] = await once(connect({ host, port: Number(port) }), "error");
    assert.equal(error.code, "ECONNREFUSED");
  }
});

const UPSTREAM = [
  { scheme: "http", start: () => startHttpProxy({ credentials: "user:p w" }) },
  { scheme: "https", start: () => startHttpProxy({ credentials: "user:p w", secure: true }) },
  {
    scheme: "socks5",
    start: () => startSocksProxy({ credentials: { user: "user", password: "p w" } }),
  },
] as const;

for (const { scheme, start } of UPSTREAM) {
  test(`a visit goes through the operator's ${scheme} proxy, which looks names up`, async (t) => {
    trustNamedCertificate(t);
    const { port } = await serve(t, (request, response) => response.end(request.rawHeaders.join()));
    const upstream = await start();
    t.after(() => upstream.stop());
    const { open, ask, tunnel } = await startBrowserProxyLab(t, {
      networks: "",
      proxies: `${scheme}://user:p%20w@proxy.test:${upstream.port}`,
      resolve: async (name) =>
        name === "proxy.test" ? ["127.0.0.1"] : assert.fail(`${name} was looked up`),
    });
    const pass = open();
    const { body } = await ask(pass, `http://page.test:${port}/`);
    assert.match(body, /^host,page\.test/);
    assert.doesNotMatch(body, /proxy|via|forwarded/i);
    const { socket } = await tunnel(pass, `page.test:${port}`);
    socket.write("GET / HTTP/1.1\r\nHost: own.test\r\nConnection: close\r\n\r\n");
    assert.match(await text(socket), /Host,own\.test/);
    assert.equal(upstream.asked.length, 2);
    assert.match(upstream.asked[1] ?? "", /^(?:CONNECT|name) page\.test:/);
    assert.equal((await ask(pass, "http://127.0.0.1/")).status, 403);
    assert.equal((await tunnel(pass, "[::ffff:10.0.0.1]:443")).status, 403);
    assert.equal(upstream.asked.length, 2);
  });
}

const FAILING_UPSTREAM = [
  { how: "is gone", proxies: "http://127.0.0.1:1", reason: "connect" },
  { how: "does not fit", proxies: "http://127.0.0.1:1#country=US", reason: "no_proxy_configured" },
  { how: "is not configured", proxies: "", reason: "no_proxy_configured" },
] as const;

for (const { how, proxies, reason } of FAILING_UPSTREAM) {
  test(`a proxy that ${how} is never gone round`, async (t) => {
    const canary = await startCanary(t);
    const { open, ask, tunnel } = await startBrowserProxyLab(t, { proxies });
    const failedProxies = new Set<string>();
    const country = reason === "connect" ? null : "DE";
    const pass = open({ failedProxies, proxy: { country, type: "mix" } });
    const url = new URL(`http://page.test:${canary.port}/`);
    for (const answer of [await ask(pass, url.href), await tunnel(pass, url.host)]) {
      assert.equal(answer.status, 502);
      assert.match(String(answer.headers["proxy-status"]), RegExp(`details="${reason}"`));
      assert.equal(pass.errorOf(url)?.code, "PROXY_ERROR");
    }
    assert.deepEqual([...failedProxies], reason === "connect" ? ["proxy-1"] : []);
    assert.equal(pass.refused, 0);
    assert.equal(canary.visits(), 0);
  });
}
