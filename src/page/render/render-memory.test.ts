import assert from "node:assert/strict";
import { test } from "node:test";
import { createRenderMemory } from "./render-memory.ts";

const at = (path: string) => new URL(`https://example.com${path}`);

test("pages of one kind share what one of them needed", () => {
  const memory = createRenderMemory({ now: () => 0 });
  memory.note(at("/news/2026/a-long-title-of-one"), true);
  assert.ok(memory.needsBrowser(at("/news/2025/another-title-with-dashes?page=2")));
  assert.ok(!memory.needsBrowser(at("/about")));
  assert.ok(!memory.needsBrowser(new URL("https://example.org/news/2026/a-long-title-of-one")));
});

test("what is noted last counts, and everything is forgotten after an hour", () => {
  let now = 0;
  const memory = createRenderMemory({ now: () => now });
  memory.note(at("/app"), true);
  now = 3_600_001;
  assert.ok(!memory.needsBrowser(at("/app")));
  memory.note(at("/app"), true);
  memory.note(at("/app"), false);
  assert.ok(!memory.needsBrowser(at("/app")));
});

test("the oldest goes where there are too many", () => {
  const memory = createRenderMemory({ now: () => 0, maxEntries: 2 });
  for (const path of ["/a", "/b", "/c"]) memory.note(at(path), true);
  assert.deepEqual(
    ["/a", "/b", "/c"].map((path) => memory.needsBrowser(at(path))),
    [false, true, true],
  );
});
