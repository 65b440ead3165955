import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageSample } from "./sample-page.ts";
import { createSettling, type NetworkState } from "./settling.ts";

const PAGE: PageSample = {
  isParsed: true,
  isLoaded: true,
  textLength: 1000,
  elements: 100,
  isBusy: false,
  hasScripts: true,
};
const QUIET: NetworkState = { open: 0, quietMs: 10_000 };

/** Looks every 100 ms: after how many milliseconds the page is ready, null where it is not within 20 s. */
function readyAfter(
  sampleAt: (ms: number) => Partial<PageSample>,
  networkAt: (ms: number) => NetworkState = () => QUIET,
): number | null {
  const settling = createSettling();
  for (let ms = 0; ms <= 20_000; ms += 100) {
    if (settling.judge({ ...PAGE, ...sampleAt(ms) }, networkAt(ms), ms) !== null) return ms;
  }
  return null;
}

test("a page without scripts is ready when it and its frames are loaded", () => {
  assert.equal(
    readyAfter(() => ({ hasScripts: false })),
    0,
  );
  assert.equal(
    readyAfter(
      (ms) => ({ hasScripts: false, isLoaded: ms >= 700 }),
      (ms) => ({ open: 1, quietMs: ms }),
    ),
    1500,
  );
});

test("content that stands is ready soon, content that grows when it stops growing", () => {
  assert.equal(
    readyAfter(() => ({})),
    300,
  );
  assert.equal(
    readyAfter((ms) => ({ textLength: 1000 + Math.min(ms, 2000) })),
    2300,
  );
});

test("a shell is given time to fill, and so is what says that it loads", () => {
  assert.equal(
    readyAfter(() => ({ textLength: 20 })),
    1500,
  );
  assert.equal(
    readyAfter((ms) => (ms < 1200 ? { textLength: 20 } : {})),
    1500,
  );
  assert.equal(
    readyAfter(() => ({ isBusy: true })),
    2000,
  );
});

test("a clock on the page does not hold it up", () => {
  assert.equal(
    readyAfter((ms) => ({ textLength: 1000 + (ms % 3) })),
    300,
  );
});

test("requests under way are waited for, but not those that never end", () => {
  assert.equal(
    readyAfter(
      () => ({}),
      (ms) => ({ open: ms < 1000 ? 1 : 0, quietMs: ms % 1000 }),
    ),
    1100,
  );
  assert.equal(
    readyAfter(
      () => ({}),
      (ms) => ({ open: 1, quietMs: ms }),
    ),
    1500,
  );
});

test("a network that never rests counts less than content that does", () => {
  assert.equal(
    readyAfter(
      () => ({}),
      () => ({ open: 2, quietMs: 0 }),
    ),
    2500,
  );
  assert.equal(
    readyAfter(
      () => ({ textLength: 20 }),
      () => ({ open: 2, quietMs: 0 }),
    ),
    null,
  );
});
