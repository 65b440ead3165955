import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { settlesWithin } from "../../test/support/settles-within.ts";
import { waitUntil } from "../../test/support/wait-until.ts";
import { createSystemResolver } from "./system-resolver.ts";

const TYPES = { A: 1, AAAA: 28 } as const;
const patient = new AbortController().signal;

/** What is not in the zone does not exist; what is null there is never answered. */
type Zone = Readonly<Record<string, Partial<Record<keyof typeof TYPES, readonly number[] | null>>>>;

/** A DNS server (RFC 1035) of one record per question. */
async function startDns(t: TestContext, zone: Zone) {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    asked.push(`${type} ${name}`);
    const data = zone[name]?.[type];
    if (data !== null) socket.send(answer(query.subarray(0, end), data, zone[name]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  t.after(() => socket.close());
  return { asked, servers: [`127.0.0.1:${socket.address().port}`] };
}

function readQuestion(query: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString());
    at += length + 1;
  }
  const type: keyof typeof TYPES = query.readUInt16BE(at + 1) === TYPES.A ? "A" : "AAAA";
  return { name: labels.join(".").toLowerCase(), type, end: at + 5 };
}

function answer(question: Buffer, data: readonly number[] | undefined, known: unknown): Buffer {
  const head = Buffer.from(question);
  // A response, recursion available; code 3 is a name that does not exist.
  head.writeUInt16BE(known === undefined ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(data === undefined ? 0 : 1, 6);
  head.fill(0, 8, 12);
  if (data === undefined) return head;
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(data.length === 4 ? TYPES.A : TYPES.AAAA, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, record, Uint8Array.from(data)]);
}

const IPV6 = [0x26, 0, 0x14, 6, ...Array<number>(11).fill(0), 1];

test("both families are asked for, and a dot at the end changes nothing", async (t) => {
  const zone: Zone = { "both.example": { A: [93, 184, 215, 14], AAAA: IPV6 } };
  const { servers, asked } = await startDns(t, zone);
  const resolve = createSystemResolver({ servers });
  for (const name of ["both.example", "both.example."]) {
    assert.deepEqual(await resolve(name, patient), ["2600:1406::1", "93.184.215.14"]);
  }
  assert.ok(asked.includes("A both.example") && asked.includes("AAAA both.example"));
});

test("one family alone is enough", async (t) => {
  const { servers } = await startDns(t, { "four.example": { A: [93, 184, 215, 14] } });
  const resolve = createSystemResolver({ servers });
  assert.deepEqual(await resolve("four.example", patient), ["93.184.215.14"]);
});

test("a server that is silent about one family is not asked for it again", async (t) => {
  const zone: Zone = { "slow.example": { A: [93, 184, 215, 14], AAAA: null } };
  const { servers, asked } = await startDns(t, zone);
  const addresses = await createSystemResolver({ servers })("slow.example", patient);
  assert.deepEqual(addresses, ["93.184.215.14"]);
  // The question would be put again after two seconds.
  assert.deepEqual(asked.toSorted(), ["A slow.example", "AAAA slow.example"]);
});

test("a name that does not exist is a failure", async (t) => {
  const { servers } = await startDns(t, {});
  await assert.rejects(createSystemResolver({ servers })("none.example", patient));
});

test("an abort ends the wait at once", async (t) => {
  const { servers, asked } = await startDns(t, { "mute.example": { A: null, AAAA: null } });
  const cancel = new AbortController();
  const resolving = createSystemResolver({ servers })("mute.example", cancel.signal);
  await waitUntil(() => asked.length === 2, 5000);
  cancel.abort(new Error("cancelled"));
  assert.ok(await settlesWithin(resolving));
  await assert.rejects(resolving, { message: "cancelled" });
});

test("names of this machine are asked of the system", async (t) => {
  const { servers, asked } = await startDns(t, {});
  const addresses = await createSystemResolver({ servers })("localhost", patient);
  assert.ok(addresses.includes("127.0.0.1") || addresses.includes("::1"));
  assert.deepEqual(asked, []);
});
