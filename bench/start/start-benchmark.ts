import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Agent } from "undici";
import { askPage } from "../support/ask-page.ts";
import {
  CONTENDERS,
  type ContenderName,
  installPeers,
  startContender,
} from "../support/contenders.ts";
import { formatTable } from "../support/format-table.ts";
import { openPages } from "../support/pages.ts";
import { readProcessTree } from "../support/process-tree.ts";
import type { Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";
import { formatSpread, spreadOf } from "../support/spread.ts";
import { type Origin, startOrigin } from "../support/start-origin.ts";

interface StartRow {
  readonly contender: ContenderName;
  /** From the start of the process to the first 200 of a page. */
  readonly firstAnswerMs: number;
  /** Before any page, when nothing happens any more. */
  readonly idleRssBytes: number;
  readonly idlePssBytes: number | null;
}

export const startBenchmark: Benchmark = {
  summary: "from the start of the process to the first page, and memory when idle",
  shortArgs: ["--rounds", "1"],
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: "string", default: "5" },
        "idle-ms": { type: "string", default: "5000" },
      },
    });
    const rows = await measureStarts(Number(values.rounds), Number(values["idle-ms"]));
    return { text: formatStarts(rows), data: rows, ok: true };
  },
};

async function measureStarts(rounds: number, idleMs: number): Promise<StartRow[]> {
  await installPeers();
  await using pages = await openPages({ folders: undefined, limit: 1 });
  await using origin = await startOrigin(pages.paths);
  const rows: StartRow[] = [];
  // The first round fills the disk cache and the compile cache, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const name of CONTENDERS) {
      const row = await measureStart(name, origin, round === 0 ? 0 : idleMs);
      if (round > 0) rows.push(row);
      say(`${name}: first page after ${row.firstAnswerMs.toFixed(0)} ms`);
    }
  }
  return rows;
}

/** Two servers: memory is that of one that was never asked anything. */
async function measureStart(
  contender: ContenderName,
  origin: Origin,
  idleMs: number,
): Promise<StartRow> {
  const firstAnswerMs = await timeFirstAnswer(contender, origin);
  await using idle = await startContender(contender, origin.port);
  await sleep(idleMs);
  const { rssBytes, pssBytes } = readProcessTree(idle.pid);
  return { contender, firstAnswerMs, idleRssBytes: rssBytes, idlePssBytes: pssBytes };
}

async function timeFirstAnswer(name: ContenderName, origin: Origin): Promise<number> {
  const begin = performance.now();
  await using contender = await startContender(name, origin.port);
  const agent = new Agent();
  try {
    const { ok } = await askPage(contender, origin.urls[0] ?? "", agent);
    if (!ok) throw new Error(`${name} refused the first page`);
    return performance.now() - begin;
  } finally {
    await agent.close();
  }
}

function formatStarts(rows: readonly StartRow[]): string {
  const names = [...new Set(rows.map(({ contender }) => contender))];
  return formatTable(
    ["server", "first page ms", "idle RSS MiB", "idle PSS MiB"],
    names.map((name) => {
      const own = rows.filter(({ contender }) => contender === name);
      const spread = (value: (row: StartRow) => number) =>
        formatSpread(spreadOf(own.map(value)), 0);
      return [
        name,
        spread((row) => row.firstAnswerMs),
        spread((row) => row.idleRssBytes / 2 ** 20),
        spread((row) => (row.idlePssBytes ?? Number.NaN) / 2 ** 20),
      ];
    }),
  );
}
