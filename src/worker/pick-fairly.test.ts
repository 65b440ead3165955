import assert from "node:assert/strict";
import { test } from "node:test";
import { pickFairly, type WaitingOfKey } from "./pick-fairly.ts";

const UNLIMITED = {
  places: 100,
  roomOfKey: () => 100,
  roomOfHost: () => 100,
};

test("keys take turns, so that one key's many jobs don't hold up another's one", () => {
  const picks = pickFairly([waiting("many", 50), waiting("one", 1), waiting("two", 2)], {
    ...UNLIMITED,
    places: 6,
  });
  assert.deepEqual(
    picks.map(({ keyId }) => keyId),
    ["many", "one", "two", "many", "two", "many"],
  );
});

test("of a key the oldest job comes first", () => {
  const picks = pickFairly([waiting("key", 3)], { ...UNLIMITED, places: 2 });
  assert.deepEqual(
    picks.map(({ id }) => id),
    ["key-0", "key-1"],
  );
});

test("no more of a key than it has room for, and none of one that has none", () => {
  const picks = pickFairly([waiting("full", 9), waiting("free", 9)], {
    ...UNLIMITED,
    roomOfKey: (key) => (key === "full" ? 0 : 3),
  });
  assert.deepEqual(
    picks.map(({ id }) => id),
    ["free-0", "free-1", "free-2"],
  );
});

test("jobs of a host without room are passed over, whoever's they are", () => {
  const lines: WaitingOfKey[] = [
    { keyId: "a", jobs: [job("a1", "slow"), job("a2", "slow"), job("a3", "quick")] },
    { keyId: "b", jobs: [job("b1", "slow"), job("b2", "quick")] },
  ];
  const picks = pickFairly(lines, {
    ...UNLIMITED,
    roomOfHost: (host) => (host === "slow" ? 1 : 5),
  });
  assert.deepEqual(
    picks.map(({ id }) => id),
    ["a1", "b2", "a3"],
  );
});

test("nothing is picked where there is nothing, or no place", () => {
  assert.deepEqual(pickFairly([], UNLIMITED), []);
  assert.deepEqual(pickFairly([waiting("key", 3)], { ...UNLIMITED, places: 0 }), []);
});

function waiting(keyId: string, count: number): WaitingOfKey {
  const jobs = Array.from({ length: count }, (_, index) => job(`${keyId}-${index}`, "host"));
  return { keyId, jobs };
}

function job(id: string, host: string) {
  return { id, host };
}
