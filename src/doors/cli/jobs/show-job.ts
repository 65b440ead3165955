import { readJobFormat, writeJob } from "./job-output.ts";
import type { JobsAction } from "./jobs-action.ts";
import { readJobId } from "./read-job-id.ts";

export const showJob: JobsAction = {
  name: "show",
  usage: "jobs show ID [--format F]",
  flags: ["format"],
  prepare({ flags, positionals }) {
    const jobId = readJobId("show", positionals);
    const format = readJobFormat(flags);
    return async ({ client, terminal, signal }) =>
      writeJob(await client.get(jobId, { signal }), { format, terminal });
  },
};
