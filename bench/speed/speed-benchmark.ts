import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type ExtractPageOptions, extractPage } from "../../src/page/extract-page.ts";
import { formatTable } from "../support/format-table.ts";
import { openPages } from "../support/pages.ts";
import type { Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";
import { formatSpread, type Spread, spreadOf } from "../support/spread.ts";

interface SpeedResult {
  readonly pages: number;
  readonly characters: number;
  /** Of one round over all pages, divided by them. */
  readonly cpuMsPerPage: Spread;
  readonly megabytesPerCpuSecond: number;
  /** Mean time of each stage of the extraction, as it tells itself. */
  readonly stages: Readonly<Record<string, number>>;
}

export const speedBenchmark: Benchmark = {
  summary: "the engine alone, in this process: HTML to Markdown",
  shortArgs: ["--rounds", "2"],
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        pages: { type: "string" },
        limit: { type: "string", default: "1000" },
        rounds: { type: "string", default: "5" },
      },
    });
    const order = { folders: values.pages, limit: Number(values.limit) };
    const result = await measureSpeed(order, Number(values.rounds));
    return { text: formatSpeed(result), data: result, ok: true };
  },
};

async function measureSpeed(
  order: { folders: string | undefined; limit: number },
  rounds: number,
): Promise<SpeedResult> {
  await using pages = await openPages(order);
  const sources = await Promise.all(pages.paths.map((path) => readFile(path, "utf8")));
  say("warms up");
  runRound(sources);
  const times = Array.from({ length: rounds }, () => runRound(sources) / sources.length);
  const characters = sources.reduce((sum, source) => sum + source.length, 0);
  const cpuMsPerPage = spreadOf(times);
  return {
    pages: sources.length,
    characters,
    cpuMsPerPage,
    megabytesPerCpuSecond: characters / sources.length / 1000 / cpuMsPerPage.median,
    stages: measureStages(sources),
  };
}

const OPTIONS: ExtractPageOptions = { url: "https://example.com/" };

/** CPU time in ms, the collector's threads with it. */
function runRound(sources: readonly string[]): number {
  const before = process.cpuUsage();
  for (const source of sources) extractPage(source, OPTIONS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function measureStages(sources: readonly string[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const source of sources) {
    const { trace } = extractPage(source, { ...OPTIONS, explain: true });
    for (const { stage, ms } of trace ?? []) sums[stage] = (sums[stage] ?? 0) + ms;
  }
  return Object.fromEntries(
    Object.entries(sums).map(([stage, ms]) => [stage, ms / sources.length]),
  );
}

function formatSpeed(result: SpeedResult): string {
  const { pages, characters, cpuMsPerPage, megabytesPerCpuSecond, stages } = result;
  const mean = (characters / pages / 1000).toFixed(0);
  const stageRows = Object.entries(stages).map(([stage, ms]) => [stage, ms.toFixed(3)]);
  return [
    `${pages} pages of ${mean} thousand characters on average`,
    `CPU ms/page: ${formatSpread(cpuMsPerPage, 2)}, that is ${megabytesPerCpuSecond.toFixed(1)} million characters per CPU second`,
    ...(stageRows.length === 0 ? [] : [formatTable(["stage", "ms/page"], stageRows)]),
  ].join("\n\n");
}
