import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { DOOR_KEYS, type HttpDoor, startHttpDoor } from "../../../../test/support/http-door.ts";
import { sendRaw } from "../../../../test/support/send-raw.ts";
import { errorReplySchema } from "../../../contract/error-reply.ts";

let door: HttpDoor;
before(async () => {
  door = await startHttpDoor();
});
after(() => door.stop());

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

const MALFORMED = [
  { what: "no HTTP at all", bytes: "\u0000\u0001\r\n\r\n", status: 400, code: "INVALID_JSON" },
  { what: "a word", bytes: "HELO mail.example\r\n\r\n", status: 400, code: "INVALID_JSON" },
  {
    what: "TLS",
    bytes: Buffer.from("16030100050100000103", "hex"),
    status: 400,
    code: "INVALID_JSON",
  },
  {
    what: "a wish for a tunnel",
    bytes: "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
    status: 400,
    code: "INVALID_JSON",
  },
  { what: "no Host", bytes: "GET /health HTTP/1.1\r\n\r\n", status: 400, code: "INVALID_JSON" },
  {
    what: "two lengths",
    bytes: "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    status: 400,
    code: "INVALID_JSON",
  },
  {
    what: "a smuggled length",
    bytes:
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    status: 400,
    code: "INVALID_JSON",
  },
  {
    what: "a broken header",
    bytes: "GET /health HTTP/1.1\r\nHost: x\r\nbad name: x\r\n\r\n",
    status: 400,
    code: "INVALID_JSON",
  },
  {
    what: "headers without end",
    bytes: `GET /health HTTP/1.1\r\nHost: x\r\n${many(2000, (n) => `X-${n}: abcdef\r\n`)}\r\n`,
    status: 431,
    code: "PAYLOAD_TOO_LARGE",
  },
  {
    what: "a path without end",
    bytes: `GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    status: 431,
    code: "PAYLOAD_TOO_LARGE",
  },
];

test("what is no HTTP is refused in the shape of every refusal, with a request id", async () => {
  for (const { what, bytes, status, code } of MALFORMED) {
    const answer = await sendRaw(door.url, bytes, { quietMs: 200 });
    const { head, body } = split(answer);
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} \\w`), what);
    const reply = errorReplySchema.parse(JSON.parse(body));
    assert.deepEqual([reply.code, reply.retryable], [code, false], what);
    assert.equal(/\r\nx-request-id: (\S+)/i.exec(head)?.[1], reply.correlation_id, what);
    assert.match(head, /\r\ncontent-type: application\/json; charset=utf-8/i, what);
  }
});

test("the next request is answered as ever, and the refusals are logged and counted", async () => {
  assert.equal((await door.api.get("/health")).status, 200);
  assert.ok(door.logLines().some(({ route, reason }) => route === "malformed" && reason !== null));
  const { text } = await door.api.get("/metrics");
  assert.match(
    text,
    /quern_http_requests_total\{route="malformed",method="other",status="4xx"\} \d/,
  );
});

test("a broken chunk ends the request that it belongs to", async () => {
  const head = `POST /v1/extract HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${DOOR_KEYS.all}\r\nTransfer-Encoding: chunked`;
  const answer = await sendRaw(door.url, `${head}\r\n\r\nzz\r\n\r\n`, { quietMs: 200 });
  assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
  assert.equal(answer.match(/HTTP\/1\.1 \d/g)?.length, 1, answer);
});

test("an expectation that we don't know is ignored", async () => {
  const request =
    "GET /health HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n";
  assert.match(await sendRaw(door.url, request), /^HTTP\/1\.1 200 OK\r\n/);
});

function split(answer: string): { head: string; body: string } {
  const end = answer.indexOf("\r\n\r\n");
  return { head: answer.slice(0, end), body: answer.slice(end + 4) };
}

test("a peer that resets its nonsense ends nothing but itself", async () => {
  const { hostname, port } = new URL(door.url);
  for (const bytes of ["CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", "NONSENSE\r\n\r\n"]) {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(bytes, () => socket.resetAndDestroy());
    await once(socket, "close");
  }
  assert.equal((await door.api.get("/health")).status, 200);
});

test("a wish to speak another protocol is passed over", async () => {
  const upgrade = "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13";
  const answer = await sendRaw(door.url, `GET /health HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
});
