import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { listIgnoredFields } from "./ignored-fields.ts";

const inner = z.object({ known: z.string() });
const schema = z.object({
  plain: z.string(),
  optional: inner.nullish().transform((value) => value ?? null),
  list: z.array(inner),
  free: z.record(z.string(), z.string()),
});

const CASES = [
  { what: "known fields", body: { plain: 1, free: { anything: "x" } }, ignored: [] },
  { what: "an unknown field", body: { plain: "x", plian: "x" }, ignored: ["plian"] },
  { what: "their order", body: { b: 1, a: 2 }, ignored: ["b", "a"] },
  {
    what: "a nested one",
    body: { optional: { known: "x", other: 1 } },
    ignored: ["optional.other"],
  },
  { what: "one in a list", body: { list: [{}, { other: 1 }] }, ignored: ["list.1.other"] },
  { what: "no object at all", body: [{ other: 1 }], ignored: [] },
  { what: "null in an object's place", body: { optional: null, list: null }, ignored: [] },
  { what: "names that every object has", body: { toString: 1 }, ignored: ["toString"] },
  { what: "the prototype's name", body: JSON.parse('{"__proto__":1}'), ignored: ["__proto__"] },
];

test("fields that the schema does not know are named by their path", () => {
  for (const { what, body, ignored } of CASES) {
    assert.deepEqual(listIgnoredFields(schema, body), ignored, what);
  }
});
