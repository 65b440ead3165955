import { parseArgs } from "node:util";
import type { Benchmark } from "../support/report.ts";
import { formatJobs } from "./format-jobs.ts";
import type { JobsResult } from "./jobs-result.ts";
import { measureLists } from "./measure-lists.ts";
import { measureOpenJobs } from "./measure-open-jobs.ts";
import { measureQueues } from "./measure-queues.ts";
import { QUEUES } from "./start-queue.ts";

export const jobsBenchmark: Benchmark = {
  summary: "jobs taken and done a second, beside BullMQ and pg-boss; many open jobs; long lists",
  shortArgs: ["--short"],
  run: async (args) => {
    const result = await measureJobs(readFlags(args));
    return { text: formatJobs(result), data: result, ok: true };
  },
};

/** Enough to see that everything works. */
const SHORT = { jobs: "300", rounds: "1", open: "2000", listed: "10000" };
const LONG = { jobs: "5000", rounds: "3", open: "100000", listed: "1000000" };

function readFlags(args: readonly string[]) {
  const size = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string", default: QUEUES.join(",") },
      clients: { type: "string", default: "50" },
      jobs: size,
      rounds: size,
      open: size,
      listed: size,
    },
  });
  const sizes = { ...(values.short ? SHORT : LONG), ...values };
  const asked = values.only.split(",");
  return {
    names: QUEUES.filter((name) => asked.includes(name)),
    clients: Number(values.clients),
    jobs: Number(sizes.jobs),
    rounds: Number(sizes.rounds),
    open: Number(sizes.open),
    listed: Number(sizes.listed),
  };
}

/** 0 open, 0 listed, or no rounds leave that part out. */
async function measureJobs(flags: ReturnType<typeof readFlags>): Promise<JobsResult> {
  return {
    jobs: flags.jobs,
    clients: flags.clients,
    rounds: flags.rounds,
    queues: await measureQueues(flags),
    open: flags.open > 0 ? await measureOpenJobs([1, flags.open]) : [],
    lists: flags.listed > 0 ? await measureLists(flags.listed) : [],
  };
}
