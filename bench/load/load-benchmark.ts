import { parseArgs } from "node:util";
import {
  CONTENDERS,
  type Contender,
  type ContenderName,
  installPeers,
  startContender,
} from "../support/contenders.ts";
import { openPages } from "../support/pages.ts";
import { readProcessTree } from "../support/process-tree.ts";
import type { Benchmark } from "../support/report.ts";
import { rotate } from "../support/rotate.ts";
import { say } from "../support/say.ts";
import { startOrigin } from "../support/start-origin.ts";
import { takeRound } from "../support/take-round.ts";
import { formatLoad } from "./format-load.ts";
import type { LoadResult, LoadRow } from "./load-result.ts";
import { runBurst } from "./run-burst.ts";

export const loadBenchmark: Benchmark = {
  summary: "one page to Markdown over HTTP: Quern, what one would write, and the floor",
  shortArgs: ["--rounds", "1", "--at-once", "1,10", "--requests", "100", "--warm-up", "200"],
  run: async (args) => {
    const result = await measureLoad(readFlags(args));
    return { text: formatLoad(result), data: result, ok: true };
  },
};

interface LoadFlags {
  readonly folders: string | undefined;
  readonly limit: number;
  readonly requests: number;
  readonly rounds: number;
  readonly warmUp: number;
  readonly levels: readonly number[];
  readonly names: readonly ContenderName[];
}

function readFlags(args: readonly string[]): LoadFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pages: { type: "string" },
      limit: { type: "string", default: "1000" },
      requests: { type: "string", default: "250" },
      rounds: { type: "string", default: "3" },
      "warm-up": { type: "string", default: "1000" },
      "at-once": { type: "string", default: "1,10,50" },
      only: { type: "string", default: CONTENDERS.join(",") },
    },
  });
  const asked = values.only.split(",");
  return {
    folders: values.pages,
    limit: Number(values.limit),
    requests: Number(values.requests),
    rounds: Number(values.rounds),
    warmUp: Number(values["warm-up"]),
    levels: values["at-once"].split(",").map(Number),
    names: CONTENDERS.filter((name) => asked.includes(name)),
  };
}

async function measureLoad(flags: LoadFlags): Promise<LoadResult> {
  await installPeers();
  await using pages = await openPages(flags);
  await using origin = await startOrigin(pages.paths);
  await using stack = new AsyncDisposableStack();
  const contenders: Contender[] = [];
  for (const name of flags.names) {
    contenders.push(stack.use(await startContender(name, origin.port)));
  }
  const first = await warmUp(contenders, origin.urls, flags);
  // CPU time is counted in steps of 10 ms: of few pages it says too little.
  const requests = Math.max(origin.urls.length, flags.requests);
  return {
    pages: origin.urls.length,
    requests,
    rounds: flags.rounds,
    first,
    rows: await runRounds(contenders, takeRound(origin.urls, 0, requests), flags),
    peakRssBytes: Object.fromEntries(
      contenders.map(({ name, pid }) => [name, readProcessTree(pid).peakRssBytes]),
    ),
  };
}

/**
 * Every page once, which is told, and then as many more as it takes to find compiled code, in every thread: as many at
 * once as there ever will be.
 */
async function warmUp(
  contenders: readonly Contender[],
  urls: readonly string[],
  { levels, warmUp: pages }: LoadFlags,
): Promise<LoadRow[]> {
  const concurrency = Math.max(...levels);
  const rows: LoadRow[] = [];
  for (const contender of contenders) {
    const burst = await runBurst(contender, urls, concurrency);
    rows.push({ contender: contender.name, concurrency, round: 0, ...burst });
    await runBurst(contender, takeRound(urls, 0, Math.max(0, pages - urls.length)), concurrency);
    say(`${contender.name}: warmed up, ${burst.refused} of ${urls.length} pages refused`);
  }
  return rows;
}

async function runRounds(
  contenders: readonly Contender[],
  urls: readonly string[],
  { rounds, levels }: LoadFlags,
): Promise<LoadRow[]> {
  const rows: LoadRow[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const concurrency of levels) {
      for (const contender of rotate(contenders, round)) {
        const burst = await runBurst(contender, urls, concurrency);
        rows.push({ contender: contender.name, concurrency, round, ...burst });
        const cpu = burst.cpuMsPerPage.toFixed(2);
        say(`round ${round + 1}, ${concurrency} at once, ${contender.name}: ${cpu} CPU ms a page`);
      }
    }
  }
  return rows;
}
