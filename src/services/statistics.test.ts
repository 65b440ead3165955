import assert from "node:assert/strict";
import { test } from "node:test";
import { LAB_KEY } from "../../test/support/worker-lab.ts";
import type { DailyTotals } from "../contract/usage.ts";
import { createReadStatistics } from "./statistics.ts";

const NOW = new Date("2026-11-25T13:00:00Z");

/** What is asked of the store, and what comes out of these days. */
function lab(days: readonly DailyTotals[] = []) {
  const asked: string[] = [];
  const read = createReadStatistics({
    now: () => NOW,
    usage: {
      listDays: async ({ account, from, to }) => {
        asked.push(
          `${account} ${from.toISOString().slice(0, 10)} ${to.toISOString().slice(0, 10)}`,
        );
        return days.filter(({ day }) => day >= from && day <= to);
      },
    },
  });
  const toDate = (text: string | null) => (text === null ? null : new Date(text));
  const ask = (from: string | null, to: string | null) =>
    read({ key: LAB_KEY, query: { from: toDate(from), to: toDate(to) } });
  return { asked, ask };
}

function day(date: string, completed: number, failed: number): DailyTotals {
  return {
    day: new Date(date),
    completed,
    failed,
    tokens: completed,
    durationMs: 100 * (completed + failed),
  };
}

test("without bounds the window is the last 30 days, today among them, and the 30 before", async () => {
  const { asked, ask } = lab();
  await ask(null, null);
  assert.deepEqual(asked, ["default 2026-10-27 2026-11-25", "default 2026-09-27 2026-10-26"]);
});

test("an end in the future is now, and a start that is too long ago is moved up", async () => {
  const { asked, ask } = lab();
  await ask("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
  assert.equal(asked[0], "default 2025-11-25 2026-11-25");
});

test("counts, rate, duration and tokens come from the days of the window", async () => {
  const { ask } = lab([
    day("2026-11-18T00:00:00Z", 7, 0),
    day("2026-11-23T00:00:00Z", 3, 1),
    day("2026-11-25T00:00:00Z", 1, 0),
  ]);
  assert.deepEqual(await ask("2026-11-21T10:00:00Z", "2026-11-25T00:00:00Z"), {
    extraction_count: 5,
    previous_period_extraction_count: 7,
    success_rate: 0.8,
    average_extraction_duration: 100,
    period_tokens_used: 4,
    requests: [
      { date: "2026-11-23T00:00:00.000Z", success_request_count: 3, failed_request_count: 1 },
      { date: "2026-11-25T00:00:00.000Z", success_request_count: 1, failed_request_count: 0 },
    ],
    tokens_used: [
      { date: "2026-11-23T00:00:00.000Z", tokens_used: 3 },
      { date: "2026-11-25T00:00:00.000Z", tokens_used: 1 },
    ],
  });
});

test("of nothing the rate and the duration are 0", async () => {
  const statistics = await lab().ask(null, null);
  assert.equal(statistics.success_rate, 0);
  assert.equal(statistics.average_extraction_duration, 0);
});
