import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createRawServer, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { createEgressLab } from "../../test/support/egress-lab.ts";
import { ADDRESS_CERTIFICATE, NAMED_CERTIFICATE } from "../../test/support/self-signed-files.ts";
import { settlesWithin } from "../../test/support/settles-within.ts";
import { startTcpServer } from "../../test/support/tcp-server.ts";
import { trustNamedCertificate } from "../../test/support/trust-named-certificate.ts";
import type { Dial } from "./dial-first.ts";

const PUBLIC = "93.184.215.14";
const OTHER_PUBLIC = "2600:1406::1";

async function serve(t: TestContext) {
  const server = await startTcpServer(createServer((_request, response) => response.end("page")));
  t.after(() => server.stop());
  return server;
}

/** Public addresses lead to loopback; what is dialled is noted. */
function record({ dead = [] as readonly string[] } = {}) {
  const dialled: string[] = [];
  const dial: Dial = (address, port) => {
    dialled.push(address);
    // A socket that is never connected is what a host that drops packets looks like.
    return dead.includes(address) ? new Socket() : connect({ host: "127.0.0.1", port });
  };
  return { dialled, dial };
}

test("a name is looked up once, and what was judged is what is dialled", async (t) => {
  const { port } = await serve(t);
  const { dialled, dial } = record();
  const lookups: string[] = [];
  const resolve = async (name: string) => {
    lookups.push(name);
    return [PUBLIC];
  };
  const { read } = createEgressLab({ networks: "", dial, resolve });
  assert.equal(await read(`http://page.test:${port}/`), "page");
  assert.deepEqual(lookups, ["page.test"]);
  assert.deepEqual(dialled, [PUBLIC]);
});

test("a name that turns from a public to a private address is refused at the next connection", async (t) => {
  const server = await serve(t);
  const { dialled, dial } = record();
  const answers = [[PUBLIC], ["169.254.169.254"]];
  const { read } = createEgressLab({
    networks: "",
    dial,
    resolve: async () => answers.shift() ?? [],
  });
  await read(`http://page.test:${server.port}/`);
  for (const socket of server.sockets) socket.destroy();
  const refused = read(`http://page.test:${server.port}/`);
  await assert.rejects(refused, {
    code: "INVALID_URL",
    details: { reason: "address_not_allowed" },
  });
  await assert.rejects(refused, (error: Error) => !/169\.254|page\.test/.test(error.message));
  assert.deepEqual(dialled, [PUBLIC]);
});

for (const addresses of [
  [PUBLIC, "10.0.0.1"],
  ["::1", PUBLIC],
  [OTHER_PUBLIC, PUBLIC, "::ffff:127.0.0.1"],
  [PUBLIC, "64:ff9b::a00:1"],
  [PUBLIC, "fe80::1%eth0"],
  ["not an address", PUBLIC],
]) {
  test(`a name with an allowed and a forbidden address is refused whole: ${addresses}`, async () => {
    const { dialled, dial } = record();
    const { ask } = createEgressLab({ networks: "", dial, resolve: async () => addresses });
    await assert.rejects(ask("http://page.test/"), {
      code: "INVALID_URL",
      details: { reason: "address_not_allowed" },
    });
    assert.deepEqual(dialled, []);
  });
}

test("a port is judged with the address that the name has", async () => {
  const { dialled, dial } = record();
  const { ask } = createEgressLab({
    networks: "10.0.0.0/8:25",
    dial,
    resolve: async () => [PUBLIC],
  });
  await assert.rejects(ask("http://page.test:25/"), {
    code: "INVALID_URL",
    details: { reason: "port_not_allowed" },
  });
  assert.deepEqual(dialled, []);
});

for (const url of [
  "http://127.0.0.1/",
  "http://2130706433/",
  "http://[::ffff:10.0.0.1]/",
  "http://localhost/",
  "http://user@page.test/",
  "ftp://page.test/",
]) {
  test(`${url} is refused with neither a look-up nor a connection`, async () => {
    const { dialled, dial } = record();
    const resolve = () => assert.fail("looked up");
    const { ask } = createEgressLab({ networks: "", dial, resolve });
    await assert.rejects(ask(url), { code: "INVALID_URL" });
    assert.deepEqual(dialled, []);
  });
}

test("a literal address is dialled without a look-up", async (t) => {
  const { port } = await serve(t);
  const { dialled, dial } = record();
  const { read } = createEgressLab({ networks: "", dial, resolve: () => assert.fail("looked up") });
  assert.equal(await read(`http://[${OTHER_PUBLIC}]:${port}/`), "page");
  assert.deepEqual(dialled, [OTHER_PUBLIC]);
});

test("a host whose first address is dead still answers", async (t) => {
  const { port } = await serve(t);
  const { dialled, dial } = record({ dead: [OTHER_PUBLIC] });
  const resolve = async () => [OTHER_PUBLIC, "2600:1406::2", PUBLIC];
  const { read } = createEgressLab({ networks: "", dial, resolve });
  assert.equal(await read(`http://page.test:${port}/`), "page");
  assert.deepEqual(dialled, [OTHER_PUBLIC, PUBLIC]);
});

test("of very many addresses only some are knocked at", async () => {
  const dialled: string[] = [];
  const dial: Dial = (address) => {
    dialled.push(address);
    return new Socket().destroy(new Error("refused"));
  };
  const addresses = Array.from(
    { length: 1000 },
    (_, index) => `93.184.${index >> 8}.${index & 255}`,
  );
  const { ask } = createEgressLab({ networks: "", dial, resolve: async () => addresses });
  await assert.rejects(ask("http://page.test/"), { details: { reason: "connect" } });
  assert.equal(dialled.length, 16);
});

test("a host that accepts no connection at any address says so", async () => {
  const dial: Dial = () => new Socket().destroy(new Error("connect ECONNREFUSED 10.1.2.3:80"));
  const resolve = async () => [OTHER_PUBLIC, PUBLIC];
  const { ask } = createEgressLab({ networks: "", dial, resolve });
  const failing = ask("http://page.test/");
  await assert.rejects(failing, { code: "NETWORK_ERROR", details: { reason: "connect" } });
  await assert.rejects(failing, (error: Error) => !/\d+\.\d+/.test(error.message));
});

test("a host that is silent is given up after the time for connecting", async () => {
  const { dial } = record({ dead: [PUBLIC, OTHER_PUBLIC] });
  const resolve = async () => [OTHER_PUBLIC, PUBLIC];
  const { ask } = createEgressLab({ networks: "", dial, resolve });
  await assert.rejects(ask("http://page.test/", { connectTimeoutMs: 50 }), {
    code: "TIMEOUT",
    details: { reason: "connect" },
  });
});

for (const [what, resolve] of [
  ["fails", () => Promise.reject(new Error("queryA ENOTFOUND"))],
  ["is empty", async () => []],
] as const) {
  test(`a look-up that ${what} is a DNS failure`, async () => {
    await assert.rejects(createEgressLab({ resolve }).ask("http://page.test/"), {
      code: "NETWORK_ERROR",
      details: { reason: "dns" },
    });
  });
}

for (const [where, deps] of [
  ["in the look-up", { resolve: waitForAbort }],
  ["while connecting", { networks: "", resolve: async () => [PUBLIC], dial: () => new Socket() }],
] as const) {
  test(`an abort ${where} ends the request at once`, async () => {
    const cancel = new AbortController();
    const asking = createEgressLab(deps).ask("http://page.test/", { signal: cancel.signal });
    assert.equal(await settlesWithin(asking, 20), false);
    cancel.abort(new Error("cancelled"));
    assert.ok(await settlesWithin(asking));
    await assert.rejects(asking, { message: "cancelled" });
  });
}

function waitForAbort(_name: string, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function serveTls(t: TestContext) {
  const server = await startTcpServer(
    createTlsServer(NAMED_CERTIFICATE, (_request, response) => response.end("secret page")),
  );
  t.after(() => server.stop());
  return server;
}

test("a certificate that nobody vouches for is refused, for good", async (t) => {
  const { port } = await serveTls(t);
  await assert.rejects(createEgressLab().ask(`https://secure.test:${port}/`), {
    code: "NETWORK_ERROR",
    details: { reason: "tls" },
    retryable: false,
  });
});

test("a certificate is verified for the name that was asked", async (t) => {
  trustNamedCertificate(t);
  const { port } = await serveTls(t);
  const { read } = createEgressLab();
  assert.equal(await read(`https://secure.test:${port}/`), "secret page");
  assert.equal(await read(`https://secure.test.:${port}/`), "secret page");
  for (const host of ["other.test", "127.0.0.1"]) {
    await assert.rejects(read(`https://${host}:${port}/`), {
      code: "NETWORK_ERROR",
      details: { reason: "tls" },
    });
  }
});

test("a literal address is verified as an address", async (t) => {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, ADDRESS_CERTIFICATE.cert]);
  t.after(() => setDefaultCACertificates(before));
  const server = await startTcpServer(
    createTlsServer(ADDRESS_CERTIFICATE, (_request, response) => response.end("page")),
  );
  t.after(() => server.stop());
  const { read } = createEgressLab();
  assert.equal(await read(`https://127.0.0.1:${server.port}/`), "page");
  await assert.rejects(read(`https://secure.test:${server.port}/`), { details: { reason: "tls" } });
});

test("a host that speaks no TLS, and one that hangs up, are told apart", async (t) => {
  const plain = await serve(t);
  const rude = await startTcpServer(
    createRawServer((socket) => socket.once("data", () => socket.destroy())),
  );
  t.after(() => rude.stop());
  const { ask } = createEgressLab();
  await assert.rejects(ask(`https://secure.test:${plain.port}/`), { details: { reason: "tls" } });
  await assert.rejects(ask(`https://secure.test:${rude.port}/`), { details: { reason: "reset" } });
});

test("a handshake that stalls is given up after the time for connecting", async (t) => {
  const server = await startTcpServer(createRawServer(() => undefined));
  t.after(() => server.stop());
  await assert.rejects(
    createEgressLab().ask(`https://secure.test:${server.port}/`, { connectTimeoutMs: 50 }),
    { code: "TIMEOUT", details: { reason: "connect" } },
  );
});
