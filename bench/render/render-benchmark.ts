import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { mapLimit } from "../../src/concurrency/map-limit.ts";
import { listeningUrl } from "../../test/support/listening-url.ts";
import { startProgram } from "../../test/support/start-program.ts";
import { formatTable } from "../support/format-table.ts";
import { readProcessTree } from "../support/process-tree.ts";
import type { Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";
import { RENDERERS, type RendererUnderTest, renderOnce, startRenderer } from "./renderers.ts";

interface RenderRow {
  readonly name: string;
  readonly atOnce: number;
  readonly cpuMsPerPage: number;
  readonly wallMsPerPage: number;
  readonly pagesPerSecond: number;
  readonly peakPssBytes: number;
  readonly refused: number;
}

export const renderBenchmark: Benchmark = {
  summary: "pages in a browser, beside plain use of Playwright",
  shortArgs: ["--pages", "6", "--at-once", "1"],
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        pages: { type: "string", default: "60" },
        "at-once": { type: "string", default: "1,4,8" },
        only: { type: "string", default: RENDERERS.join(",") },
      },
    });
    const names = RENDERERS.filter((name) => values.only.split(",").includes(name));
    const rows: RenderRow[] = [];
    await using origin = await startApps();
    for (const atOnce of values["at-once"].split(",").map(Number)) {
      for (const name of names) {
        await using renderer = await startRenderer(name, origin.url, atOnce);
        rows.push(await measure(renderer, origin.url, { pages: Number(values.pages), atOnce }));
      }
    }
    return { text: format(rows), data: rows, ok: rows.every(({ refused }) => refused === 0) };
  },
};

async function startApps() {
  const program = await startProgram({
    args: [join(import.meta.dirname, "app-server.ts")],
    cwd: import.meta.dirname,
    env: {},
    firstLineTimeoutMs: 60_000,
  });
  return {
    url: new URL(listeningUrl(program.firstLine)),
    [Symbol.asyncDispose]: async () => void (await program.stop()),
  };
}

/** The browser starts with the first; its caches and compilers are warm after some. */
const WARM_UP = 4;
/** Processes of the last pages end after their answers: their time is theirs. */
const SETTLE_MS = 1000;

async function measure(
  renderer: RendererUnderTest,
  origin: URL,
  { pages, atOnce }: { readonly pages: number; readonly atOnce: number },
): Promise<RenderRow> {
  await renderAll(renderer, origin, { pages: WARM_UP, atOnce });
  await sleep(SETTLE_MS);
  using memory = watchPss(renderer.pid);
  const before = readProcessTree(renderer.pid).cpuMs;
  const begin = performance.now();
  const { refused, msOfPages } = await renderAll(renderer, origin, { pages, atOnce });
  const wallMs = performance.now() - begin;
  await sleep(SETTLE_MS);
  const row = {
    name: renderer.name,
    atOnce,
    cpuMsPerPage: (readProcessTree(renderer.pid).cpuMs - before) / pages,
    wallMsPerPage: msOfPages / pages,
    pagesPerSecond: (pages / wallMs) * 1000,
    peakPssBytes: memory.peak(),
    refused,
  };
  say(`${row.name}, ${atOnce} at once: ${row.cpuMsPerPage.toFixed(0)} ms CPU per page`);
  return row;
}

async function renderAll(
  renderer: RendererUnderTest,
  origin: URL,
  { pages, atOnce }: { readonly pages: number; readonly atOnce: number },
) {
  let [refused, msOfPages] = [0, 0];
  const signal = AbortSignal.timeout(BURST_TIMEOUT_MS);
  await mapLimit(Array(pages).keys(), { limit: atOnce, signal }, async (n) => {
    const begin = performance.now();
    if (!(await renderOnce(renderer, new URL(`/app/${n}`, origin).href))) refused += 1;
    msOfPages += performance.now() - begin;
  });
  return { refused, msOfPages };
}

const BURST_TIMEOUT_MS = 600_000;
/** Asking for shared memory costs the kernel some milliseconds for each process. */
const SAMPLE_EVERY_MS = 1000;

function watchPss(pid: number) {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, readProcessTree(pid).pssBytes ?? 0);
  }, SAMPLE_EVERY_MS);
  return { peak: () => peak, [Symbol.dispose]: () => clearInterval(timer) };
}

function format(rows: readonly RenderRow[]): string {
  return formatTable(
    ["at once", "renderer", "CPU ms/page", "wall ms/page", "pages/s", "peak PSS MiB", "refused"],
    rows.map((row) => [
      String(row.atOnce),
      row.name,
      row.cpuMsPerPage.toFixed(0),
      row.wallMsPerPage.toFixed(0),
      row.pagesPerSecond.toFixed(2),
      (row.peakPssBytes / 2 ** 20).toFixed(0),
      String(row.refused),
    ]),
  );
}
