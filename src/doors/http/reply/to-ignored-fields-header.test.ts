import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toIgnoredFieldsHeader } from "./to-ignored-fields-header.ts";

const HEADERS = [
  { names: [], header: null },
  { names: ["a", "b.0.c_d-E"], header: "a, b.0.c_d-E" },
  { names: ["größe", "a, b", "!~*'()"], header: "gr%C3%B6%C3%9Fe, a%2C%20b, %21%7E%2A%27%28%29" },
  { names: ["\ud800"], header: "%EF%BF%BD" },
  { names: ["x".repeat(2000), "short"], header: "short" },
];

test("names are percent-encoded and go in whole", () => {
  for (const { names, header } of HEADERS) assert.equal(toIgnoredFieldsHeader(names), header);
});

test("whatever the names, the header is ASCII, at most 20 names and 1 KiB", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1 }),
      (names) => {
        const header = toIgnoredFieldsHeader(names) ?? "";
        assert.match(header, /^[\w.%-]*(, [\w.%-]+)*$/);
        assert.ok(header.length <= 1024 && header.split(", ").length <= 20);
      },
    ),
  );
});
