import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toWireJson } from "./wire-json.ts";

test("lone surrogates become replacement characters, in values and in names", () => {
  const value = { "a\ud800": ["x\udc00y", { deep: "\ud83d" }], fine: "😀 \\ud800" };
  assert.deepEqual(JSON.parse(toWireJson(value)), {
    "a\ufffd": ["x\ufffdy", { deep: "\ufffd" }],
    fine: "😀 \\ud800",
  });
});

test("well-formed values are written as JSON.stringify writes them", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (value) => {
      assert.equal(toWireJson(value), JSON.stringify(value));
    }),
  );
});

test("whatever the strings hold, a reader gets well-formed ones", () => {
  fc.assert(
    fc.property(fc.string({ unit: surrogates() }), (text) => {
      const read: unknown = JSON.parse(toWireJson({ text }));
      assert.deepEqual(read, { text: text.toWellFormed() });
    }),
  );
});

function surrogates() {
  return fc.integer({ min: 0xd7f0, max: 0xe010 }).map((code) => String.fromCharCode(code));
}
