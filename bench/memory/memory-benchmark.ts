import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { runBurst } from "../load/run-burst.ts";
import { type Contender, startContender } from "../support/contenders.ts";
import { formatTable } from "../support/format-table.ts";
import { openPages } from "../support/pages.ts";
import { readProcessTree } from "../support/process-tree.ts";
import type { Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";
import { startOrigin } from "../support/start-origin.ts";
import { takeRound } from "../support/take-round.ts";

interface MemoryRow {
  readonly pages: number;
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}

export const memoryBenchmark: Benchmark = {
  summary: "memory of Quern after 1,000 pages and after 10,000",
  shortArgs: ["--after", "100,500"],
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        pages: { type: "string" },
        limit: { type: "string", default: "1000" },
        after: { type: "string", default: "1000,10000" },
      },
    });
    const order = { folders: values.pages, limit: Number(values.limit) };
    const rows = await measureMemory(order, values.after.split(",").map(Number));
    return { text: formatMemory(rows), data: rows, ok: true };
  },
};

async function measureMemory(
  order: { folders: string | undefined; limit: number },
  marks: readonly number[],
): Promise<MemoryRow[]> {
  await using pages = await openPages(order);
  await using origin = await startOrigin(pages.paths);
  await using quern = await startContender("quern", origin.port);
  const rows = [await look(quern, 0)];
  let done = 0;
  for (const mark of marks) {
    for (; done < mark; done += Math.min(CHUNK, mark - done)) {
      const urls = takeRound(origin.urls, done, Math.min(CHUNK, mark - done));
      await runBurst(quern, urls, AT_ONCE);
    }
    rows.push(await look(quern, mark));
  }
  return rows;
}

const AT_ONCE = 10;
const CHUNK = 500;
/** The collector gives memory back some time after it was freed. */
const SETTLE_MS = 5000;

async function look({ pid }: Contender, pages: number): Promise<MemoryRow> {
  await sleep(SETTLE_MS);
  const { rssBytes, peakRssBytes } = readProcessTree(pid);
  say(`after ${pages} pages: ${(rssBytes / 2 ** 20).toFixed(0)} MiB`);
  return { pages, rssBytes, peakRssBytes };
}

function formatMemory(rows: readonly MemoryRow[]): string {
  const toMiB = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  return formatTable(
    ["after pages", "RSS MiB", "peak MiB"],
    rows.map((row) => [String(row.pages), toMiB(row.rssBytes), toMiB(row.peakRssBytes)]),
  );
}
