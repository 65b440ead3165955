import assert from "node:assert/strict";
import { test } from "node:test";
import { sleep } from "../concurrency/sleep.ts";
import { PageError } from "../contract/app-error.ts";
import type { JobErrorCode } from "../contract/error-table.ts";
import { tryPage } from "./try-page.ts";

type Outcome = "page" | JobErrorCode | Error;

interface Plan {
  readonly outcomes: readonly Outcome[];
  readonly timeoutMs?: number;
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  readonly retryAfterMs?: number;
  readonly reason?: string;
}

/** Tries a page whose tries end as planned; the last one's end stays. */
async function run({ outcomes, timeoutMs = 5000, random = () => 0, ...plan }: Plan) {
  const startedAt: number[] = [];
  const tried = await tryPage({
    timeoutMs,
    random,
    signal: plan.signal ?? new AbortController().signal,
    waitForTurn: async () => ({}),
    tryOnce: async () => {
      const outcome = outcomes[Math.min(startedAt.length, outcomes.length - 1)] ?? "page";
      startedAt.push(performance.now());
      if (outcome === "page") return "page";
      if (outcome instanceof Error) throw outcome;
      throw new PageError(outcome, {
        details: plan.reason === undefined ? null : { reason: plan.reason },
        retryAfterMs: plan.retryAfterMs ?? null,
      });
    },
  });
  const pauses = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
  return { tried, tries: startedAt.length, pauses };
}

const TRIES: readonly (readonly [code: JobErrorCode, tries: number])[] = [
  ["INVALID_URL", 1],
  ["NETWORK_ERROR", 3],
  ["TIMEOUT", 3],
  ["RATE_LIMITED", 3],
  ["TEMPORARY_BLOCK", 3],
  ["PERMANENT_BLOCK", 2],
  ["CAPTCHA_CHALLENGE", 1],
  ["AUTH_REQUIRED", 1],
  ["UNPROCESSABLE_CONTENT", 1],
  ["PROXY_ERROR", 3],
  ["INTERNAL_ERROR", 3],
];

test("each failure is tried as often as the error table says", async () => {
  for (const [code, expected] of TRIES) {
    const { tried, tries } = await run({ outcomes: [code] });
    assert.equal(tries, expected, code);
    assert.equal(tried.retryCount, expected - 1);
    assert.ok(!tried.ok && tried.error.code === code);
  }
});

test("a reason that is final ends the tries", async () => {
  for (const [code, reason] of [
    ["NETWORK_ERROR", "tls"],
    ["NETWORK_ERROR", "too_many_redirects"],
    ["PROXY_ERROR", "no_proxy_configured"],
  ] as const) {
    assert.equal((await run({ outcomes: [code], reason })).tries, 1, reason);
  }
});

test("a success ends the tries and tells how many there were", async () => {
  const { tried } = await run({ outcomes: ["TEMPORARY_BLOCK", "NETWORK_ERROR", "page"] });
  assert.deepEqual(tried, { ok: true, result: "page", retryCount: 2 });
});

test("a refusal is tried once more, also after failures of another kind", async () => {
  assert.equal((await run({ outcomes: ["NETWORK_ERROR", "PERMANENT_BLOCK"] })).tries, 3);
  assert.equal((await run({ outcomes: ["PERMANENT_BLOCK", "page"] })).tried.ok, true);
});

test("pauses are a random part of a bound that begins at half a second and doubles", async () => {
  const { pauses } = await run({ outcomes: ["NETWORK_ERROR"], random: () => 0.1 });
  const [first = 0, second = 0] = pauses;
  // A tenth of 500 and of 1000 ms; a busy machine may wake late.
  assert.ok(first >= 45 && first < 400, String(first));
  assert.ok(second >= 95 && second < 800, String(second));
});

test("the next proxy is tried at once", async () => {
  const { pauses } = await run({ outcomes: ["PROXY_ERROR"], random: () => 0.99 });
  // A pause would be 495 ms at least.
  assert.ok(pauses.every((pause) => pause < 400));
});

test("a wait that the site asks for is obeyed", async () => {
  const { pauses } = await run({ outcomes: ["RATE_LIMITED", "page"], retryAfterMs: 120 });
  assert.ok((pauses[0] ?? 0) >= 115);
});

test("a wait that does not fit into the time fails at once with what the site said", async () => {
  const begin = performance.now();
  const { tried, tries } = await run({
    outcomes: ["RATE_LIMITED"],
    timeoutMs: 50_000,
    retryAfterMs: 60_000,
  });
  assert.ok(!tried.ok && tried.error.code === "RATE_LIMITED");
  assert.equal(tries, 1);
  // At once, and not when the 50 s are over.
  assert.ok(performance.now() - begin < 10_000);
});

test("a try that runs when the time is over is TIMEOUT total", async () => {
  const tried = await tryPage({
    timeoutMs: 30,
    random: () => 0,
    signal: new AbortController().signal,
    waitForTurn: async () => ({}),
    tryOnce: ({ deadline }) => sleep(60_000, deadline.signal),
  });
  assert.ok(!tried.ok);
  assert.deepEqual([tried.error.code, tried.error.reason], ["TIMEOUT", "total"]);
});

test("time that is over between two tries leaves the last failure", async () => {
  let turns = 0;
  const tried = await tryPage({
    timeoutMs: 50,
    random: () => 0,
    signal: new AbortController().signal,
    waitForTurn: async (signal) => {
      turns += 1;
      // The host gives no second turn.
      if (turns === 2) await sleep(60_000, signal);
      return {};
    },
    tryOnce: () => Promise.reject(new PageError("TEMPORARY_BLOCK")),
  });
  assert.ok(!tried.ok && tried.error.code === "TEMPORARY_BLOCK");
  assert.equal(tried.retryCount, 0);
});

test("the clock starts when the first turn is there", async () => {
  const tried = await tryPage({
    timeoutMs: 200,
    random: () => 0,
    signal: new AbortController().signal,
    waitForTurn: async (signal) => {
      await sleep(250, signal);
      return {};
    },
    tryOnce: async ({ deadline }) => deadline.leftMs(),
  });
  assert.ok(tried.ok && tried.result > 0);
});

test("what is no failure of a page is our fault, with its cause for the log", async () => {
  const bug = new TypeError("undefined is not a function");
  const { tried } = await run({ outcomes: [bug] });
  assert.ok(!tried.ok && tried.error.code === "INTERNAL_ERROR" && tried.error.cause === bug);
});

test("an abort ends everything at once, with its reason", async () => {
  const cancel = new AbortController();
  setTimeout(() => cancel.abort(new Error("cancelled")), 30);
  const begin = performance.now();
  await assert.rejects(
    run({
      outcomes: ["RATE_LIMITED"],
      timeoutMs: 120_000,
      retryAfterMs: 60_000,
      signal: cancel.signal,
    }),
    { message: "cancelled" },
  );
  // Within a second, the contract says; the pause that it ends is of a minute.
  assert.ok(performance.now() - begin < 1000);
});
