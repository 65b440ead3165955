import { parseArgs } from "node:util";
import { type CrashReport, runCrashes } from "../../test/support/crash/run-crashes.ts";
import { formatTable } from "../support/format-table.ts";
import type { Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";
import { formatSpread, spreadOf } from "../support/spread.ts";

export const crashBenchmark: Benchmark = {
  summary: "jobs submitted to a server that is killed at random moments: what is lost or doubled",
  shortArgs: ["--kills", "5"],
  run: async (args) => {
    const report = await runCrashes(readFlags(args));
    return { text: formatCrashes(report), data: report, ok: report.faults.length === 0 };
  },
};

function readFlags(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: "string", default: "200" },
      jobs: { type: "string" },
      seed: { type: "string", default: "1" },
    },
  });
  const kills = Number(values.kills);
  return {
    kills,
    jobs: Number(values.jobs ?? (kills + 1) * JOBS_PER_LIFE),
    seed: Number(values.seed),
    timeoutMs: SETTLE_MS + kills * MOST_MS_PER_LIFE,
    onKill: (done: number) => {
      if (done % SAY_EVERY === 0) say(`${done} of ${kills} kills`);
    },
  };
}

const JOBS_PER_LIFE = 20;
const SETTLE_MS = 300_000;
const MOST_MS_PER_LIFE = 10_000;
const SAY_EVERY = 10;

const MOST_FAULTS_SHOWN = 50;

function formatCrashes(report: CrashReport): string {
  const countFaults = (kind: string) =>
    String(report.faults.filter((fault) => fault.kind === kind).length);
  const { accepted, extracted, unknown } = report.answers;
  const table = formatTable(
    [`seed ${report.seed}`, "count"],
    [
      ["kills of the process group", String(report.kills)],
      ["submissions", String(report.submissions)],
      ["– accepted (202)", String(accepted)],
      ["– answered at once (sync)", String(extracted)],
      ["– answer lost with the server", String(unknown)],
      ...Object.entries(report.statuses).map(([status, count]) => [
        `jobs ${status}`,
        String(count),
      ]),
      ["– given up after too many deaths", String(report.poisoned)],
      ["idempotency keys sent again", String(report.repeated)],
      ["lost", countFaults("lost")],
      ["doubled", countFaults("doubled")],
      ["otherwise wrong", countFaults("wrong")],
    ],
  );
  const faults = report.faults.slice(0, MOST_FAULTS_SHOWN);
  return [
    table,
    `Start to the first answer: ${formatSpread(spreadOf(report.restartMs), 0)} ms; ${(report.wallMs / 1000).toFixed(0)} s in all`,
    ...faults.map(({ kind, what }) => `- ${kind}: ${what}`),
  ].join("\n\n");
}
