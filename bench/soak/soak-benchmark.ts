import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startSite } from "../../test/site/site.ts";
import { createApi } from "../../test/support/api.ts";
import { findBrowsers, listProcesses } from "../../test/support/browser-processes.ts";
import { networksOf } from "../../test/support/lab.ts";
import { type Quern, startQuern } from "../../test/support/start-quern.ts";
import { formatTable } from "../support/format-table.ts";
import { readProcessTree } from "../support/process-tree.ts";
import type { Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";

/** What there is after so many pages. */
interface SoakRow {
  readonly pages: number;
  readonly failed: number;
  readonly processes: number;
  readonly files: number;
  readonly folders: number;
  readonly pssBytes: number;
}

/** After so many everything is warm: later looks are compared with it. */
const WARM_UP = 50;
const MAY_GROW = 1.1;

export const soakBenchmark: Benchmark = {
  summary: "what is left behind when many pages are rendered in a row",
  shortArgs: ["--pages", "60"],
  run: async (args) => {
    const { values } = parseArgs({
      args: [...args],
      options: { pages: { type: "string", default: "1000" } },
    });
    const rows = await soak(Number(values.pages));
    return { text: format(rows), data: rows, ok: isSteady(rows) };
  },
};

async function soak(pages: number): Promise<SoakRow[]> {
  const site = await startSite();
  const quern = await startQuern({ env: { QUERN_ALLOW_NETWORKS: networksOf(site) } });
  try {
    const rows: SoakRow[] = [];
    let failed = 0;
    for (let done = 1; done <= pages; done += 1) {
      const path = PATHS[done % PATHS.length] ?? "/render/app";
      const answer = await createApi(quern).extract({ url: site.url + path, render_js: true });
      if (answer.status !== 200) failed += 1;
      site.reset();
      if (done === WARM_UP || done % LOOK_EVERY === 0 || done === pages) {
        rows.push(await look(quern, { pages: done, failed }));
      }
    }
    return rows;
  } finally {
    await quern.stop();
    await site.stop();
  }
}

const PATHS = ["/render/app", "/render/steps", "/render/shadow", "/render/consent", "/article"];
const LOOK_EVERY = 250;
const SETTLE_MS = 3000;

async function look({ pid }: Quern, count: Pick<SoakRow, "pages" | "failed">): Promise<SoakRow> {
  await sleep(SETTLE_MS);
  const browsers = findBrowsers(pid);
  const row = {
    ...count,
    processes: browsers.flatMap((browser) => listProcesses(browser.pid)).length,
    files: readdirSync(`/proc/${pid}/fd`).length,
    folders: browsers.length,
    pssBytes: readProcessTree(pid).pssBytes ?? 0,
  };
  say(
    `after ${row.pages} pages: ${(row.pssBytes / 2 ** 20).toFixed(0)} MiB, ${row.processes} processes`,
  );
  return row;
}

/** Nothing failed, and nothing has grown since everything was warm. */
function isSteady(rows: readonly SoakRow[]): boolean {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return false;
  return (
    last.failed === 0 &&
    last.folders <= first.folders &&
    last.processes <= first.processes &&
    last.files <= first.files + 2 &&
    last.pssBytes <= first.pssBytes * MAY_GROW
  );
}

function format(rows: readonly SoakRow[]): string {
  return formatTable(
    ["after pages", "failed", "processes", "files", "folders", "PSS MiB"],
    rows.map((row) => [
      ...[row.pages, row.failed, row.processes, row.files, row.folders].map(String),
      (row.pssBytes / 2 ** 20).toFixed(0),
    ]),
  );
}
