import { writeLine } from "../terminal.ts";
import type { JobsAction } from "./jobs-action.ts";
import { readJobId } from "./read-job-id.ts";

export const cancelJob: JobsAction = {
  name: "cancel",
  usage: "jobs cancel ID [--purge]",
  flags: ["purge"],
  prepare({ flags, positionals }) {
    const jobId = readJobId("cancel", positionals);
    const purge = flags.isSet("purge");
    return async ({ client, terminal: { stdout, stderr }, signal }) => {
      const reply = await client.cancel(jobId, { purge, signal });
      if (flags.isSet("json")) await writeLine(stdout, JSON.stringify(reply, null, 2));
      await writeLine(
        stderr,
        purge
          ? `What job ${jobId} left behind is removed; it had ended as ${reply.status}`
          : `Job ${jobId} is ${reply.status}`,
      );
      return 0;
    };
  },
};
