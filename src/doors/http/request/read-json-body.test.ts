import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { DOOR_KEYS, type HttpDoor, startHttpDoor } from "../../../../test/support/http-door.ts";
import { sendRaw } from "../../../../test/support/send-raw.ts";
import { readPage, readRefusal, readValidation } from "../../../../test/support/shapes.ts";

let door: HttpDoor;
before(async () => {
  door = await startHttpDoor();
});
after(() => door.stop());

const GOOD = '{"url":"https://example.com/"}';
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  door.api.send({
    method: "POST",
    path: "/v1/extract",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

const JSON_TYPES = [
  "application/json",
  'application/json; charset="UTF-8"',
  "application/json;charset=utf8",
  "application/vnd.api+json",
  "text/x-any+json; charset=us-ascii",
];

test("JSON is read under every name that it has", async () => {
  for (const type of JSON_TYPES) readPage(await post(GOOD, { "content-type": type }));
  readPage(await post(`\ufeff${GOOD}`));
});

const OTHERS = [
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "application/json; charset=iso-8859-1" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-type": "nonsense" },
  { "content-type": "application/jsonp" },
];

test("anything else is 415", async () => {
  for (const headers of OTHERS) {
    assert.equal(readRefusal(await post(GOOD, headers), 415).code, "UNSUPPORTED_MEDIA_TYPE");
  }
});

test("a packed body is 415, not read as what it is not", async () => {
  const packed = Uint8Array.from(gzipSync(GOOD));
  const { message } = readRefusal(await post(packed, { "content-encoding": "gzip" }), 415);
  assert.match(message, /Content-Encoding/);
});

const NOT_JSON = [
  ...["", " ", "{", "{}{}", "{'url':1}", "undefined", "NaN", '{"url":"\n"}', "[".repeat(60_000)],
];

test("what is not JSON is 400, with nothing of the parser in the answer", async () => {
  for (const body of NOT_JSON) {
    const answer = await post(body);
    assert.equal(readRefusal(answer, 400).code, "INVALID_JSON", body.slice(0, 20));
    assert.doesNotMatch(answer.text, /Syntax|position|token/i);
  }
  const latin1 = Uint8Array.from(Buffer.from('{"url":"http://ü/"}', "latin1"));
  assert.equal(readRefusal(await post(latin1), 400).code, "INVALID_JSON");
});

test("a body does not reach the log, at no level", async () => {
  await post('{"password":swordfish}');
  await post('{"url":"swordfish","swordfish":1}');
  assert.doesNotMatch(JSON.stringify(door.logLines()), /swordfish/);
});

test("a request without body and type is 400, whatever type it names", async () => {
  const order = { method: "POST", path: "/v1/extract" };
  assert.equal(readRefusal(await door.api.send(order), 400).code, "INVALID_JSON");
  const headers = { "content-type": "text/plain" };
  assert.equal(readRefusal(await door.api.send({ ...order, headers }), 400).code, "INVALID_JSON");
});

test("a body without a type is taken for JSON", async () => {
  const answer = await sendRaw(door.url, rawPost(GOOD, ["Connection: close"]));
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
});

test("fields that name a prototype are unknown fields like others", async () => {
  const body = '{"url":"https://example.com/","__proto__":{"formats":["pdf"]},"constructor":1}';
  const answer = await post(body);
  readPage(answer);
  assert.equal(answer.headers.get("x-ignored-fields"), "__proto__, constructor");
  readValidation(await post('{"__proto__":{"url":"https://example.com/"}}'));
});

test("a body of the limit is read, one byte more is 413, announced or not", async () => {
  const bodyOf = (bytes: number) =>
    `${GOOD.slice(0, -1)},"x":"${"x".repeat(bytes - GOOD.length - 7)}"}`;
  const limit = 64 * 1024;
  assert.equal(bodyOf(limit).length, limit);
  readPage(await post(bodyOf(limit)));
  assert.equal(readRefusal(await post(bodyOf(limit + 1)), 413).code, "PAYLOAD_TOO_LARGE");
  const chunked = `${limit.toString(16)}\r\n${"x".repeat(limit)}\r\n1\r\nx\r\n0\r\n\r\n`;
  const head = rawHead(["Transfer-Encoding: chunked", "Connection: close"]);
  assert.match(await sendRaw(door.url, head + chunked), /^HTTP\/1\.1 413 /);
});

test("after a 413 the connection goes on with the next request", async () => {
  const refused = rawPost("x".repeat(1_000_000));
  const next = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const answers = await sendRaw(door.url, refused + next);
  const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
  assert.deepEqual(statuses, ["413", "200"]);
});

test("a body that breaks off is the caller's own affair", async () => {
  const before = door.logLines().length;
  const half = `${rawHead(["Content-Length: 100"])}{"url":`;
  await sendRaw(door.url, half, { quietMs: 50 });
  await door.api.get("/health");
  const lines = door.logLines().slice(before);
  assert.ok(!lines.some(({ level }) => level === "error" || level === "warn"));
});

function rawHead(headers: readonly string[]): string {
  const lines = ["POST /v1/extract HTTP/1.1", "Host: x", `X-Api-Key: ${DOOR_KEYS.all}`, ...headers];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function rawPost(body: string, headers: readonly string[] = []): string {
  return rawHead([`Content-Length: ${body.length}`, ...headers]) + body;
}
