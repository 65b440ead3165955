import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseEventStream, type StreamEvent } from "./parse-event-stream.ts";

async function parse(...chunks: string[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of parseEventStream(inTurn(chunks))) events.push(event);
  return events;
}

async function* inTurn(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

test("an event has a name, an id that stays, and data of several lines", async () => {
  const events = await parse(
    "event: job\nid: 7\ndata: one\ndata:two\ndata:  three\n\n: a comment\n\ndata: four\n\n",
  );
  assert.deepEqual(events, [
    { name: "job", id: "7", data: "one\ntwo\n three" },
    { name: "message", id: "7", data: "four" },
  ]);
});

test("what is cut off, empty or unknown is no event", async () => {
  assert.deepEqual(await parse("event: job\n\nretry: 5\nnonsense\n\ndata: cut"), []);
  assert.deepEqual(await parse("data\n\n"), [{ name: "message", id: null, data: "" }]);
});

test("lines end with LF, CR or CRLF, and chunks anywhere", async () => {
  const lines = ["event: job", "id: 1", "data: a", "data: b", "", "data: c", "", ""];
  const expected = await parse(lines.join("\n"));
  assert.equal(expected.length, 2);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("\n", "\r", "\r\n"),
      fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
      async (end, cuts) => {
        const text = lines.join(end);
        const places = [0, ...cuts.toSorted((one, other) => one - other), text.length];
        const chunks = places.slice(1).map((to, index) => text.slice(places[index], to));
        assert.deepEqual(await parse(...chunks), expected);
      },
    ),
  );
});
