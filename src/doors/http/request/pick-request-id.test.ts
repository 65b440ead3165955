import assert from "node:assert/strict";
import { test } from "node:test";
import { pickRequestId } from "./pick-request-id.ts";

test("a caller's id is kept where it can stand in a header and in a log", () => {
  for (const id of ["a", "A-b_c.9", "x".repeat(128)]) assert.equal(pickRequestId(id), id);
});

test("other ids give way to a UUID v7, which sorts by time", () => {
  for (const id of [undefined, "", "a b", "a\n", "ä", "<x>", "x".repeat(129), ["a"]]) {
    assert.match(
      pickRequestId(id),
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }
});
