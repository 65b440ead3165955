import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { parseRequest } from "./parse-request.ts";
import { ValidationError } from "./validation-error.ts";

const schema = z.object({
  name: z.string().min(1).max(5),
  count: z.int().max(9),
  kind: z.enum(["a", "b"]).optional(),
  checked: z
    .string()
    .refine((text) => text !== "bad", {
      error: "Is bad",
      params: { type: "bad_text", reason: "because" },
    })
    .optional(),
  items: z.array(z.string()).optional(),
  map: z.record(z.string(), z.string()).optional(),
});

function refuse(value: unknown): ValidationError {
  try {
    parseRequest({ schema, value, place: "body" });
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  return assert.fail("It was parsed");
}

test("a good value comes out parsed, without fields that nobody knows", () => {
  const value = { name: "x", count: 1, other: 2 };
  assert.deepEqual(parseRequest({ schema, value, place: "body" }), { name: "x", count: 1 });
});

const BAD = [
  { value: { count: 1 }, type: "missing", loc: ["body", "name"] },
  { value: { name: 1, count: 1 }, type: "invalid_type", loc: ["body", "name"] },
  { value: { name: null, count: 1 }, type: "invalid_type", loc: ["body", "name"] },
  { value: { name: "", count: 1 }, type: "too_small", loc: ["body", "name"] },
  { value: { name: "xxxxxx", count: 1 }, type: "too_big", loc: ["body", "name"] },
  { value: { name: "x", count: 1.5 }, type: "invalid_type", loc: ["body", "count"] },
  { value: { name: "x", count: 1, kind: "c" }, type: "invalid_value", loc: ["body", "kind"] },
  { value: { name: "x", count: 1, checked: "bad" }, type: "bad_text", loc: ["body", "checked"] },
  {
    value: { name: "x", count: 1, items: ["", 2] },
    type: "invalid_type",
    loc: ["body", "items", 1],
  },
  {
    value: { name: "x", count: 1, map: { k: 1 } },
    type: "invalid_type",
    loc: ["body", "map", "k"],
  },
  { value: [], type: "invalid_type", loc: ["body"] },
  { value: null, type: "invalid_type", loc: ["body"] },
] as const;

test("a bad field is named by its place and by a slug", () => {
  for (const { value, type, loc } of BAD) {
    const { refusals } = refuse(value);
    assert.deepEqual(
      refusals.map((refusal) => ({ type: refusal.type, loc: refusal.loc })),
      [{ type, loc: [...loc] }],
    );
  }
});

test("a field has one entry, and the entries come in the order of the fields", () => {
  const { refusals, message } = refuse({ kind: 3, checked: 4, count: 100 });
  assert.deepEqual(
    refusals.map(({ loc }) => loc[1]),
    ["name", "count", "kind", "checked"],
  );
  assert.equal(message, "name: Field required (and 3 more, see detail)");
});

test("the reason of the first entry goes to the details", () => {
  assert.deepEqual(refuse({ name: "x", count: 1, checked: "bad" }).details, { reason: "because" });
  assert.equal(refuse({ count: 1, checked: "bad" }).details, null);
});

test("what callers wrote comes back shortened", () => {
  const long = "x".repeat(100_000);
  const { message, refusals } = refuse({ name: "x", count: 1, map: { [long]: 1 } });
  assert.ok(message.length < 1000);
  assert.ok(JSON.stringify(refusals).length < 1000);
});

test("a field of more items than any may hold is refused without looking at them", () => {
  const looked = new Set<PropertyKey>();
  const items = new Proxy(Array(500_000).fill(1), {
    get: (target, key) => {
      looked.add(key);
      return Reflect.get(target, key);
    },
  });
  const { refusals } = refuse({ name: "x", count: 1, items });
  assert.deepEqual([...looked], ["length"]);
  assert.deepEqual(
    [refusals.length, refusals[0].loc, refusals[0].type],
    [1, ["body", "items"], "too_big"],
  );
});

test("at most 100 fields are named", () => {
  const map = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`k${index}`, 1]));
  assert.equal(refuse({ name: "x", count: 1, map }).refusals.length, 100);
});
