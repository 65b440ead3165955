import { formatTable } from "../support/format-table.ts";
import { formatSpread, spreadOf } from "../support/spread.ts";
import type { JobsResult } from "./jobs-result.ts";
import type { ListRow } from "./measure-lists.ts";
import type { OpenJobsRow } from "./measure-open-jobs.ts";
import type { QueueRow } from "./measure-queues.ts";

/** A table for each question; every ratio is of two figures of the same round. */
export function formatJobs({ jobs, clients, rounds, queues, open, lists }: JobsResult): string {
  const burst = `${jobs} jobs one by one from ${clients} clients, ${rounds} round(s)`;
  return [
    `Taken a second, none being run: ${burst}`,
    formatQueues(queues, "submit"),
    `Done a second, from the first submission to the last stored result: ${burst}`,
    formatQueues(queues, "finish"),
    "Open jobs found at the start",
    formatOpen(open),
    "GET /v1/extract/jobs, 100 rows",
    formatLists(lists),
  ].join("\n\n");
}

function formatQueues(rows: readonly QueueRow[], what: QueueRow["what"]): string {
  const asked = rows.filter((row) => row.what === what);
  const quern = asked.filter(({ contender }) => contender === "quern");
  return formatTable(
    ["server", "jobs/s", "Quern / this", "CPU ms/job", "202: p50 ms", "p99 ms"],
    [...Map.groupBy(asked, ({ contender }) => contender)].map(([name, own]) => {
      const spread = (value: (row: QueueRow) => number, digits: number) =>
        formatSpread(spreadOf(own.map(value)), digits);
      return [
        name,
        spread((row) => row.jobsPerSecond, 0),
        formatRatio(quern, own),
        spread((row) => row.cpuMsPerJob, 2),
        spread((row) => row.p50Ms, 0),
        spread((row) => row.p99Ms, 0),
      ];
    }),
  );
}

/** How many times as fast, round by round. */
function formatRatio(quern: readonly QueueRow[], own: readonly QueueRow[]): string {
  const ratios = own.flatMap((row) => {
    const same = quern.find(({ round }) => round === row.round);
    return same === undefined ? [] : [same.jobsPerSecond / row.jobsPerSecond];
  });
  return ratios.length === 0 ? "" : formatSpread(spreadOf(ratios), 2);
}

function formatOpen(rows: readonly OpenJobsRow[]): string {
  const toMiB = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  return formatTable(
    ["open jobs", "start to the first claim, ms", "RSS MiB", "peak MiB"],
    rows.map((row) => [
      String(row.openJobs),
      row.firstClaimMs.toFixed(0),
      toMiB(row.rssBytes),
      toMiB(row.peakRssBytes),
    ]),
  );
}

function formatLists(rows: readonly ListRow[]): string {
  return formatTable(
    ["of", "jobs", "ms"],
    rows.map(({ what, jobs, ms }) => [what, String(jobs), formatSpread(ms, 1)]),
  );
}
