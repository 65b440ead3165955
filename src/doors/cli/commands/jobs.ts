import type { Command, CommandContext } from "../command.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import type { JobsAction } from "../jobs/jobs-action.ts";
import { ACTION_FLAGS, COMMON_FLAGS } from "../jobs/jobs-flags.ts";
import { listJobs } from "../jobs/list-jobs.ts";
import { openClient } from "../jobs/open-client.ts";
import { showJob } from "../jobs/show-job.ts";
import { submitPages } from "../jobs/submit-pages.ts";
import { waitForJob } from "../jobs/wait-for-job.ts";
import { runInterruptibly } from "../run-interruptibly.ts";
import { UsageError } from "../usage-error.ts";

const ACTIONS: readonly JobsAction[] = [submitPages, listJobs, showJob, waitForJob, cancelJob];

export const jobs: Command = {
  name: "jobs",
  usage: ACTIONS.map(({ usage }) => usage),
  summary: "Hands pages to a server, and shows, awaits and cancels its jobs",
  flags: { ...COMMON_FLAGS, ...ACTION_FLAGS },
  async run(context) {
    const { flags, terminal } = context;
    const [name, ...positionals] = context.positionals;
    const action = chooseAction(name);
    refuseOtherFlags(action, context);
    const work = action.prepare({ flags, positionals });
    const client = await openClient(context);
    return runInterruptibly(terminal, (signal) => work({ client, terminal, signal }));
  },
};

function chooseAction(name: string | undefined): JobsAction {
  const action = ACTIONS.find((candidate) => candidate.name === name);
  if (action !== undefined) return action;
  const names = ACTIONS.map((candidate) => candidate.name).join(", ");
  throw new UsageError(`jobs needs one of ${names}${name === undefined ? "" : `, not "${name}"`}`);
}

/** A filter that filters nothing would go unnoticed. */
function refuseOtherFlags({ name, flags: own }: JobsAction, { flags }: CommandContext): void {
  const known: readonly string[] = own;
  const unfit = Object.keys(ACTION_FLAGS).find(
    (flag) => flags.isSet(flag) && !known.includes(flag),
  );
  if (unfit !== undefined) throw new UsageError(`jobs ${name} takes no --${unfit}`);
}
