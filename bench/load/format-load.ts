import { formatTable } from "../support/format-table.ts";
import { formatSpread, quantile, spreadOf } from "../support/spread.ts";
import type { LoadResult, LoadRow } from "./load-result.ts";

/** A table for each number of pages at once; every ratio is of two figures of the same round. */
export function formatLoad({
  pages,
  requests,
  rounds,
  rows,
  first,
  peakRssBytes,
}: LoadResult): string {
  const levels = [...new Set(rows.map(({ concurrency }) => concurrency))];
  const tables = levels.map((level) => {
    const atLevel = rows.filter(({ concurrency }) => concurrency === level);
    return `${level} at once\n\n${formatLevel(atLevel)}`;
  });
  const peaks = Object.entries(peakRssBytes).map(([name, bytes]) => `${name} ${toMiB(bytes)} MiB`);
  return [
    `${pages} pages, ${requests} requests a burst, ${rounds} round(s): median (least–most) over the rounds`,
    ...tables,
    `The first ${pages} pages after the start, ${first[0]?.concurrency ?? 0} at once\n\n${formatLevel(first)}`,
    `Most memory at any moment since the start: ${peaks.join(", ")}`,
  ].join("\n\n");
}

const HEAD = [
  ...["server", "CPU ms/page", "DIY / this", "this / floor", "pages/s"],
  ...["p50 ms", "p99 ms", "peak MiB", "refused"],
];

function formatLevel(rows: readonly LoadRow[]): string {
  const names = [...new Set(rows.map(({ contender }) => contender))].sort();
  return formatTable(
    HEAD,
    names.map((name) => {
      const own = rows.filter(({ contender }) => contender === name);
      const cpu = (row: LoadRow) => row.cpuMsPerPage;
      return [
        name,
        formatSpread(spreadOf(own.map(cpu)), 2),
        formatRatio(ratios(rowsOf(rows, "diy"), own)),
        formatRatio(ratios(own, rowsOf(rows, "floor"))),
        formatSpread(spreadOf(own.map((row) => row.pagesPerSecond)), 0),
        median(own.map((row) => row.p50Ms)).toFixed(0),
        median(own.map((row) => row.p99Ms)).toFixed(0),
        toMiB(Math.max(...own.map((row) => row.peakRssBytes))),
        String(Math.max(...own.map((row) => row.refused))),
      ];
    }),
  );
}

function rowsOf(rows: readonly LoadRow[], name: LoadRow["contender"]): LoadRow[] {
  return rows.filter(({ contender }) => contender === name);
}

/** CPU time per page of one over the other's, round by round. */
function ratios(over: readonly LoadRow[], under: readonly LoadRow[]): number[] {
  return over.flatMap((row) => {
    const same = under.find(({ round }) => round === row.round);
    return same === undefined ? [] : [row.cpuMsPerPage / same.cpuMsPerPage];
  });
}

function formatRatio(values: readonly number[]): string {
  return values.length === 0 ? "" : formatSpread(spreadOf(values), 1);
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function toMiB(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
