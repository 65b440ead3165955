import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { type Lab, startLab } from "../support/lab.ts";
import { sendRaw } from "../support/send-raw.ts";
import { readPage, readRefusal } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const post = (body: string | Uint8Array<ArrayBuffer>) =>
  lab.api.send({
    method: "POST",
    path: "/v1/extract",
    headers: { "content-type": "application/json" },
    body,
  });

/**
 * What a hostile request may hold up, its own answer or the next: far more than a busy machine adds, far less than
 * work that rises with the square of what was sent.
 */
const AT_ONCE_MS = 5000;

/** The next request is answered, and at once. */
async function checkPulse(): Promise<void> {
  const begin = performance.now();
  readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  const ms = performance.now() - begin;
  assert.ok(ms < AT_ONCE_MS, `the next page took ${ms.toFixed(0)} ms`);
}

test("random JSON is refused with 4xx, never answered with 5xx", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 6 }), async (body) => {
      const { status, text } = await post(body);
      assert.equal(status, 422, text);
      assert.ok(text.isWellFormed());
    }),
    { numRuns: 200 },
  );
  await checkPulse();
});

const NAMES = [
  ...["url", "formats", "render_js", "processing_mode", "proxy", "headers", "wait_config"],
  ...["extract_links", "timeout", "explain", "only_main_content", "include_selectors"],
  ...["exclude_selectors", "__proto__", "constructor", "toString"],
];
/** Nothing in it can be asked for. */
const oddUrl = fc.oneof(
  fc.constantFrom("http://10.0.0.1/", "http://[::1]/", "http://localhost/", "http://", "//x"),
  fc.string().map((text) => `ftp://${text}`),
  fc.string({ unit: "binary" }).filter((text) => !/^\s*https?:/i.test(text)),
);

test("requests with random values in known fields are refused with 4xx", async () => {
  const oddBody = fc
    .dictionary(fc.constantFrom(...NAMES), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 8 })
    .chain((fields) => oddUrl.map((url) => JSON.stringify({ ...fields, url })));
  await fc.assert(
    fc.asyncProperty(oddBody, async (body) => {
      const { status, text } = await post(body);
      assert.equal(status, 422, text);
    }),
    { numRuns: 300 },
  );
  await checkPulse();
});

test("random values in the optional fields of a good request are read or refused, nothing else", async () => {
  const optional = NAMES.filter((name) => !["url", "render_js", "processing_mode"].includes(name));
  const fields = fc.dictionary(fc.constantFrom(...optional), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 3,
  });
  await fc.assert(
    fc.asyncProperty(fields, async (values) => {
      // A timeout or a proxy that happens to be good may end in other ways than the page.
      const { timeout: _, proxy: __, wait_config: ___, ...rest } = values;
      const { status, text } = await lab.api.extract({ ...rest, url: `${lab.site.url}/page/1` });
      assert.ok([200, 422].includes(status), text);
    }),
    { numRuns: 150 },
  );
});

test("random bytes as a body are 400 or 422", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (bytes) => {
      const { status, text } = await post(Uint8Array.from(bytes));
      assert.ok([400, 422].includes(status), text);
    }),
    { numRuns: 100 },
  );
  await checkPulse();
});

const DEEP = [
  { what: "lists", body: "[".repeat(500_000) },
  { what: "closed lists", body: `${"[".repeat(250_000)}${"]".repeat(250_000)}` },
  { what: "objects", body: '{"a":'.repeat(150_000) },
  { what: "lists in url", body: `{"url":${"[".repeat(200_000)}${"]".repeat(200_000)}}` },
  {
    what: "objects in headers",
    body: `{"url":"x","headers":${'{"a":'.repeat(90_000)}1${"}".repeat(90_000)}}`,
  },
  {
    what: "unknown fields",
    body: `{"url":"x","x":${'{"a":'.repeat(90_000)}1${"}".repeat(90_000)}}`,
  },
];

test("deep bodies are 400 or 422", async () => {
  for (const { what, body } of DEEP) {
    const { status, text } = await post(body);
    assert.ok([400, 422].includes(status), `${what}: ${status} ${text.slice(0, 300)}`);
  }
  await checkPulse();
});

const WIDE = [
  { what: "many fields", make: () => Object.fromEntries(many(60_000, (n) => [`f${n}`, 1])) },
  { what: "many formats", make: () => ({ url: "x", formats: many(100_000, () => "html") }) },
  { what: "many bad formats", make: () => ({ url: "x", formats: many(100_000, () => "pdf") }) },
  {
    what: "many bad headers",
    make: () => ({
      url: "x",
      headers: Object.fromEntries(many(40_000, (n) => [`bad ${n}`, "\n"])),
    }),
  },
  {
    what: "many selectors",
    make: () => ({ url: "x", include_selectors: many(100_000, () => "p[") }),
  },
  { what: "a long URL", make: () => ({ url: `ftp://${"x".repeat(1_000_000)}` }) },
  { what: "a long selector", make: () => ({ url: "x", include_selectors: [":not(".repeat(800)] }) },
];

function many<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

test("wide bodies are 422 with an answer of sane size, at once", async () => {
  for (const { what, make } of WIDE) {
    const begin = performance.now();
    const { status, text } = await post(JSON.stringify(make()));
    const ms = performance.now() - begin;
    assert.equal(status, 422, `${what}: ${text.slice(0, 300)}`);
    assert.ok(text.length < 256 * 1024, `${what}: ${text.length} characters`);
    assert.ok(ms < AT_ONCE_MS, `${what}: ${ms.toFixed(0)} ms`);
  }
  await checkPulse();
});

test("a body without end is refused with 413 and not read to its end", async () => {
  const block = Buffer.alloc(64 * 1024, "x");
  const head = [
    "POST /v1/extract HTTP/1.1",
    "Host: x",
    `X-Api-Key: ${lab.quern.key}`,
    "Content-Type: application/json",
    "Transfer-Encoding: chunked",
  ];
  const { hostname, port } = new URL(lab.quern.url);
  const { answer, sentBytes } = await new Promise<{ answer: string; sentBytes: number }>(
    (resolve) => {
      let text = "";
      let sent = 0;
      const socket = connect({ host: hostname, port: Number(port) });
      const pour = () => {
        while (text === "" && !socket.destroyed && sent < 512 * 2 ** 20) {
          sent += block.length;
          if (!socket.write(`10000\r\n${block}\r\n`)) return;
        }
      };
      socket.setEncoding("latin1").setTimeout(1000);
      socket.on("data", (chunk: string) => {
        text += chunk;
      });
      socket.on("timeout", () => socket.destroy());
      socket.on("drain", pour).on("error", () => socket.destroy());
      socket.on("close", () => resolve({ answer: text, sentBytes: sent }));
      socket.write(`${head.join("\r\n")}\r\n\r\n`, pour);
    },
  );
  assert.match(answer, /^HTTP\/1\.1 413 Payload Too Large\r\n/);
  assert.ok(sentBytes < 64 * 2 ** 20, `${sentBytes} bytes were taken`);
  await checkPulse();
});

test("a body that announces too much is refused before it is sent", async () => {
  const head = `POST /v1/extract HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${lab.quern.key}\r\nContent-Type: application/json\r\n`;
  const answer = await sendRaw(lab.quern.url, `${head}Content-Length: 1000000000000\r\n\r\n{`);
  assert.match(answer, /^HTTP\/1\.1 413 /);
  await checkPulse();
});

const NOT_HTTP = [
  { what: "nothing that was ever HTTP", bytes: "\0\u0001\u0002\r\n\r\n" },
  { what: "TLS", bytes: Buffer.from("160301020001000001fc0303", "hex") },
  { what: "a bad version", bytes: "GET / HTTP/9.9\r\nHost: x\r\n\r\n" },
  { what: "a bad method", bytes: "B@D / HTTP/1.1\r\nHost: x\r\n\r\n" },
  { what: "no Host", bytes: "GET /health HTTP/1.1\r\n\r\n" },
  { what: "a bad header", bytes: "GET /health HTTP/1.1\r\nHost: x\r\nbad header: x\r\n\r\n" },
  {
    what: "two lengths",
    bytes:
      "POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
  },
  {
    what: "length and chunks",
    bytes:
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  },
  {
    what: "a bad chunk",
    bytes: "POST /v1/extract HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
  },
  {
    what: "a flood of headers",
    bytes: `GET /health HTTP/1.1\r\nHost: x\r\n${many(5000, (n) => `X-${n}: ${n}\r\n`).join("")}\r\n`,
  },
  {
    what: "one huge header",
    bytes: `GET /health HTTP/1.1\r\nHost: x\r\nX-Huge: ${"x".repeat(500_000)}\r\n\r\n`,
  },
  { what: "a huge address", bytes: `GET /${"x".repeat(500_000)} HTTP/1.1\r\nHost: x\r\n\r\n` },
];

test("what is not HTTP is refused with 4xx as JSON", async () => {
  for (const { what, bytes } of NOT_HTTP) {
    const answer = await sendRaw(lab.quern.url, bytes);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, `${what}: ${answer.slice(0, 200)}`);
    assert.match(answer, /\r\ncontent-type: application\/json/i, what);
  }
  await checkPulse();
});

test("random bytes on the socket never bring 5xx", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 500 }), async (bytes) => {
      const answer = await sendRaw(
        lab.quern.url,
        Buffer.concat([Buffer.from(bytes), Buffer.from("\r\n\r\n")]),
        { quietMs: 100 },
      );
      assert.doesNotMatch(answer, /^HTTP\/1\.1 5/);
    }),
    { numRuns: 50 },
  );
  await checkPulse();
});

test("odd paths and queries are 404 or 400, never 5xx", async () => {
  const paths = [
    "/%",
    "/%00",
    "/%ff",
    "/v1/%2e%2e/",
    "/v1/extract?x=%",
    "/?__proto__[a]=1",
    "/*",
    "/:id",
  ];
  for (const path of paths) {
    const answer = await sendRaw(
      lab.quern.url,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${lab.quern.key}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 40[045] /, `${path}: ${answer.slice(0, 200)}`);
  }
});

test("hundreds of silent connections do not keep the next request from being answered", async () => {
  const { hostname, port } = new URL(lab.quern.url);
  const sockets = many(300, () => connect({ host: hostname, port: Number(port) }));
  for (const socket of sockets) socket.on("error", () => socket.destroy());
  sockets.forEach((socket, index) => {
    if (index % 2 === 0) socket.write("POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Le");
  });
  await checkPulse();
  for (const socket of sockets) socket.destroy();
});

test("request ids of callers are not echoed into headers or logs as they come", async () => {
  const answer = await lab.api.send({
    path: "/v1/nothing",
    headers: { "x-request-id": `"><script>${"x".repeat(500)}` },
  });
  readRefusal(answer, 404);
  assert.doesNotMatch(answer.headers.get("x-request-id") ?? "", /[<>"]/);
  assert.ok((answer.headers.get("x-request-id") ?? "").length <= 128);
});
