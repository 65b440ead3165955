import { isJobId } from "../../../client/job-path.ts";
import { UsageError } from "../usage-error.ts";

/** The one argument of an action. @throws UsageError */
export function readJobId(action: string, positionals: readonly string[]): string {
  const [jobId, unwanted] = positionals;
  if (jobId === undefined) throw new UsageError(`jobs ${action} needs the id of a job`);
  if (unwanted !== undefined)
    throw new UsageError(`jobs ${action} takes one job, not "${unwanted}" too`);
  if (!isJobId(jobId)) throw new UsageError(`"${jobId}" is not the id of a job`);
  return jobId;
}
