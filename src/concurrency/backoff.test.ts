import assert from "node:assert/strict";
import { test } from "node:test";
import { backoffMs } from "./backoff.ts";

test("the bound doubles with each pause, up to the longest, and the pause is a random part of it", () => {
  const bounds = [0, 1, 2, 3, 40].map((pauses) =>
    backoffMs({ pauses, baseMs: 500, maxMs: 3000, random: () => 0.9999 }),
  );
  assert.deepEqual(bounds, [499, 999, 1999, 2999, 2999]);
  assert.equal(backoffMs({ pauses: 3, baseMs: 500, maxMs: 3000, random: () => 0 }), 0);
});
