import type { ApiKey } from "../contract/api-key.ts";
import type { StatisticsQuery } from "../contract/job-queries.ts";
import type { DailyTotals, Statistics } from "../contract/usage.ts";
import type { UsageStore } from "../store/usage-store.ts";

/** What an account's keys did in a window of whole days (UTC). */
export type ReadStatistics = (call: {
  readonly key: ApiKey;
  readonly query: StatisticsQuery;
}) => Promise<Statistics>;

interface StatisticsDeps {
  readonly usage: Pick<UsageStore, "listDays">;
  readonly now: () => Date;
}

export function createReadStatistics({ usage, now }: StatisticsDeps): ReadStatistics {
  return async ({ key: { account }, query }) => {
    const window = toWindow(query, now());
    const [days, before] = await Promise.all([
      usage.listDays({ account, ...window }),
      usage.listDays({ account, ...windowBefore(window) }),
    ]);
    return toStatistics(days, before);
  };
}

interface Window {
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;

/** Bounds that are too far away are moved to where they may be. */
function toWindow({ from, to }: StatisticsQuery, now: Date): Window {
  const last = dayOf(Math.min((to ?? now).getTime(), now.getTime()));
  const wanted = from === null ? last - (DEFAULT_DAYS - 1) * DAY_MS : dayOf(from.getTime());
  const first = Math.min(last, Math.max(wanted, last - (MAX_DAYS - 1) * DAY_MS));
  return { from: new Date(first), to: new Date(last) };
}

function windowBefore({ from, to }: Window): Window {
  const end = from.getTime() - DAY_MS;
  return { from: new Date(end - (to.getTime() - from.getTime())), to: new Date(end) };
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function toStatistics(days: readonly DailyTotals[], before: readonly DailyTotals[]): Statistics {
  const completed = sum(days, "completed");
  const count = completed + sum(days, "failed");
  return {
    extraction_count: count,
    previous_period_extraction_count: sum(before, "completed") + sum(before, "failed"),
    success_rate: count === 0 ? 0 : completed / count,
    average_extraction_duration: count === 0 ? 0 : Math.round(sum(days, "durationMs") / count),
    period_tokens_used: sum(days, "tokens"),
    requests: days.map((day) => ({
      date: day.day.toISOString(),
      success_request_count: day.completed,
      failed_request_count: day.failed,
    })),
    tokens_used: days.map(({ day, tokens }) => ({ date: day.toISOString(), tokens_used: tokens })),
  };
}

function sum(days: readonly DailyTotals[], field: Exclude<keyof DailyTotals, "day">): number {
  return days.reduce((total, day) => total + day[field], 0);
}
