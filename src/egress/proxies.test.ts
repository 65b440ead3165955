import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createRawServer } from "node:net";
import { type TestContext, test } from "node:test";
import { createEgressLab } from "../../test/support/egress-lab.ts";
import { startHttpProxy } from "../../test/support/http-proxy.ts";
import { NAMED_CERTIFICATE } from "../../test/support/self-signed-files.ts";
import { startSocksProxy } from "../../test/support/socks-proxy.ts";
import { startTcpServer, type TcpServer } from "../../test/support/tcp-server.ts";
import { trustNamedCertificate } from "../../test/support/trust-named-certificate.ts";

async function stopAfter<T extends TcpServer>(t: TestContext, starting: Promise<T>): Promise<T> {
  const server = await starting;
  t.after(() => server.stop());
  return server;
}

/** Both targets answer with the headers that they saw. */
async function startTargets(t: TestContext) {
  trustNamedCertificate(t);
  const plain = await stopAfter(
    t,
    startTcpServer(createServer((request, response) => response.end(request.rawHeaders.join()))),
  );
  const secure = await stopAfter(
    t,
    startTcpServer(createTlsServer(NAMED_CERTIFICATE, (_request, response) => response.end("tls"))),
  );
  return {
    plain: `http://page.test:${plain.port}/path?q`,
    secure: `https://secure.test:${secure.port}/path`,
  };
}

/** Only the proxy's own name may be looked up, and it is on loopback although no network lets that through. */
const LOOK_UP_PROXY_ONLY = {
  networks: "",
  resolve: async (name: string) =>
    name === "proxy.test" ? ["127.0.0.1"] : assert.fail(`${name} was looked up`),
};

test("an http proxy is asked for http URLs itself, and for a tunnel to https", async (t) => {
  const { plain, secure } = await startTargets(t);
  const proxy = await stopAfter(t, startHttpProxy({ credentials: "user:p w" }));
  const { ask, read } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `http://user:p%20w@proxy.test:${proxy.port}`,
  });
  const seen = await read(plain, { headers: [["X-Own", "1"]] });
  assert.equal(seen, `host,${new URL(plain).host},connection,keep-alive,x-own,1`);
  assert.equal(await read(secure), "tls");
  assert.equal((await ask(plain)).proxy, "proxy-1");
  assert.deepEqual(proxy.asked, [
    `GET ${plain}`,
    `CONNECT ${new URL(secure).host}`,
    `GET ${plain}`,
  ]);
});

test("an https proxy is spoken to over TLS, also for a tunnel that holds TLS", async (t) => {
  const { plain, secure } = await startTargets(t);
  const proxy = await stopAfter(t, startHttpProxy({ secure: true }));
  const { read } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `https://proxy.test:${proxy.port}`,
  });
  assert.match(await read(plain), /^host,/);
  assert.equal(await read(secure), "tls");
  assert.deepEqual(proxy.asked, [`GET ${plain}`, `CONNECT ${new URL(secure).host}`]);
});

test("a socks5 proxy resolves the name, with and without credentials", async (t) => {
  const { plain, secure } = await startTargets(t);
  const open = await stopAfter(t, startSocksProxy());
  const locked = await stopAfter(
    t,
    startSocksProxy({ credentials: { user: "user", password: "p w" } }),
  );
  for (const [proxy, address] of [
    [open, `socks5://proxy.test:${open.port}`],
    [locked, `socks5://user:p%20w@proxy.test:${locked.port}`],
  ] as const) {
    const { read } = createEgressLab({ ...LOOK_UP_PROXY_ONLY, proxies: address });
    assert.match(await read(plain), /^host,page\.test/);
    assert.equal(await read(secure), "tls");
    assert.deepEqual(proxy.asked, [
      `name page.test:${new URL(plain).port}`,
      `name secure.test:${new URL(secure).port}`,
    ]);
  }
});

test("a socks5 proxy is told literal addresses as addresses", async (t) => {
  const { plain } = await startTargets(t);
  const proxy = await stopAfter(t, startSocksProxy());
  const { port } = new URL(plain);
  const { read } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `socks5://proxy.test:${proxy.port}`,
  });
  await read(`http://93.184.215.14:${port}/`);
  await read(`http://[2600:1406::a]:${port}/`);
  assert.deepEqual(proxy.asked, [
    `ipv4 93.184.215.14:${port}`,
    `ipv6 2600140600000000000000000000000a:${port}`,
  ]);
});

test("what a socks5 proxy sends behind its reply answers nothing", async (t) => {
  const reply = Buffer.from([5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const evil = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
  let asked = "";
  const proxy = await stopAfter(
    t,
    startTcpServer(
      createRawServer((socket) => {
        socket.once("data", () => socket.write(reply.subarray(0, 2)));
        socket.on("data", (chunk) => {
          if (chunk[1] === 1 && chunk.length > 3)
            socket.write(Buffer.concat([reply.subarray(2), evil]));
          asked += chunk.toString("latin1");
        });
      }),
    ),
  );
  const { ask } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `socks5://proxy.test:${proxy.port}`,
  });
  await assert.rejects(ask("http://page.test/"), { details: { reason: "reset" } });
  assert.doesNotMatch(asked, /GET/);
});

test("a literal address that is not allowed is refused although a proxy would go there", async (t) => {
  const proxy = await stopAfter(t, startSocksProxy());
  const { ask } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `socks5://proxy.test:${proxy.port}`,
  });
  for (const url of ["http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://localhost/"]) {
    await assert.rejects(ask(url), {
      code: "INVALID_URL",
      details: { reason: "address_not_allowed" },
    });
  }
  assert.deepEqual(proxy.asked, []);
});

test("the certificate is verified for the target through a proxy too", async (t) => {
  const { secure } = await startTargets(t);
  const proxy = await stopAfter(t, startHttpProxy());
  const { ask } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `http://proxy.test:${proxy.port}`,
  });
  await assert.rejects(ask(secure.replace("secure.test", "other.test")), {
    code: "NETWORK_ERROR",
    details: { reason: "tls" },
  });
});

const FAILING = [
  {
    how: "wants other credentials for a page",
    start: () => startHttpProxy({ credentials: "a:b" }),
    reason: "auth",
    isSick: true,
    target: "plain",
    scheme: "http",
  },
  {
    how: "wants other credentials for a tunnel",
    start: () => startHttpProxy({ credentials: "a:b" }),
    reason: "auth",
    isSick: true,
    target: "secure",
    scheme: "http",
  },
  {
    how: "opens no tunnel",
    start: () => startHttpProxy({ refuseWith: 503 }),
    reason: "refused",
    isSick: false,
    target: "secure",
    scheme: "http",
  },
  {
    how: "wants other credentials (socks5)",
    start: () => startSocksProxy({ credentials: { user: "a", password: "b" } }),
    reason: "auth",
    isSick: true,
    target: "plain",
    scheme: "socks5",
  },
  {
    how: "cannot reach the host (socks5)",
    start: () => startSocksProxy({ reply: 4 }),
    reason: "refused",
    isSick: false,
    target: "plain",
    scheme: "socks5",
  },
  {
    how: "is no socks5 proxy",
    start: () => startTcpServer(createServer((_, response) => response.end())),
    reason: "protocol",
    isSick: true,
    target: "plain",
    scheme: "socks5",
  },
  {
    how: "hangs up",
    start: () => startTcpServer(createRawServer((socket) => socket.destroy())),
    reason: "protocol",
    isSick: true,
    target: "secure",
    scheme: "http",
  },
  {
    how: "speaks no TLS",
    start: () => startHttpProxy(),
    reason: "tls",
    isSick: true,
    target: "plain",
    scheme: "https",
  },
  {
    how: "never answers",
    start: () => startTcpServer(createRawServer((socket) => socket.resume())),
    reason: "timeout",
    isSick: false,
    target: "secure",
    scheme: "http",
  },
] as const;

for (const { how, start, reason, isSick, target, scheme } of FAILING) {
  test(`a proxy that ${how} fails with PROXY_ERROR and is passed over`, async (t) => {
    const targets = await startTargets(t);
    const proxy = await stopAfter<TcpServer>(t, start());
    const setAside: string[] = [];
    const { ask } = createEgressLab({
      ...LOOK_UP_PROXY_ONLY,
      proxies: `${scheme}://u:p@proxy.test:${proxy.port}`,
      onEvent: (event) => setAside.push(event.proxy),
    });
    const failedProxies = new Set<string>();
    await assert.rejects(ask(targets[target], { failedProxies, connectTimeoutMs: 300 }), {
      code: "PROXY_ERROR",
      details: { reason },
      retryable: true,
    });
    assert.deepEqual([...failedProxies], ["proxy-1"]);
    assert.deepEqual(setAside, isSick ? ["proxy-1"] : []);
  });
}

test("a host that answers 407 does not set aside a proxy that is known to work", async (t) => {
  const target = await stopAfter(
    t,
    startTcpServer(
      createServer((request, response) =>
        response.writeHead(request.url === "/407" ? 407 : 200).end("page"),
      ),
    ),
  );
  const proxy = await stopAfter(t, startHttpProxy());
  const setAside: string[] = [];
  const { ask, read } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `http://proxy.test:${proxy.port}`,
    onEvent: (event) => setAside.push(event.proxy),
  });
  await read(`http://page.test:${target.port}/`);
  await assert.rejects(ask(`http://page.test:${target.port}/407`), {
    code: "PROXY_ERROR",
    details: { reason: "auth" },
  });
  assert.deepEqual(setAside, []);
});

test("the ports of allowed networks are not open to names that a proxy looks up", async (t) => {
  const proxy = await stopAfter(t, startHttpProxy());
  const { ask } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    networks: "10.0.0.0/8",
    proxies: `http://proxy.test:${proxy.port}`,
  });
  await assert.rejects(ask("http://page.test:25/"), {
    code: "INVALID_URL",
    details: { reason: "port_not_allowed" },
  });
  assert.deepEqual(proxy.asked, []);
});

test("the next try takes another proxy, and never a direct connection", async (t) => {
  const { plain } = await startTargets(t);
  const good = await stopAfter(t, startHttpProxy());
  const bad = await stopAfter(t, startTcpServer(createRawServer((socket) => socket.destroy())));
  await bad.stop().then(() => t.after(() => undefined));
  const { ask } = createEgressLab({
    ...LOOK_UP_PROXY_ONLY,
    proxies: `http://proxy.test:${bad.port},http://proxy.test:${good.port}`,
  });
  const failedProxies = new Set(["proxy-2"]);
  await assert.rejects(ask(plain, { failedProxies }), {
    code: "PROXY_ERROR",
    details: { reason: "connect" },
  });
  assert.deepEqual([...failedProxies], ["proxy-2", "proxy-1"]);
  const answer = await ask(plain);
  assert.equal(answer.proxy, "proxy-2");
  answer.body.destroy();
});

test("a wish that no proxy fits fails, also where none is configured", async () => {
  for (const proxies of ["", "http://proxy.test:1#country=US&type=datacenter"]) {
    const { ask } = createEgressLab({ ...LOOK_UP_PROXY_ONLY, proxies });
    await assert.rejects(ask("http://page.test/", { proxy: { country: "DE", type: "mix" } }), {
      code: "PROXY_ERROR",
      details: { reason: "no_proxy_configured" },
      retryable: false,
    });
  }
});

test("with direct as default only pages that wish for a proxy go through one", async (t) => {
  const { plain } = await startTargets(t);
  const proxy = await stopAfter(t, startHttpProxy());
  const { ask } = createEgressLab({
    proxies: `http://127.0.0.1:${proxy.port}`,
    proxyDefault: "direct",
  });
  const used: (string | null)[] = [];
  for (const wish of [null, { country: null, type: "mix" } as const]) {
    const answer = await ask(plain, { proxy: wish });
    used.push(answer.proxy);
    answer.body.destroy();
  }
  assert.deepEqual(used, [null, "proxy-1"]);
  assert.equal(proxy.asked.length, 1);
});
