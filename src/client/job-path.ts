import { extractJobSchema } from "../contract/job-response.ts";

export function isJobId(text: string): boolean {
  return extractJobSchema.shape.job_id.safeParse(text).success;
}

/** @throws TypeError for what is no job id: `jobs` or `..` would be another resource */
export function toJobPath(jobId: string): string {
  if (!isJobId(jobId)) throw new TypeError(`"${jobId}" is not a job id`);
  return `v1/extract/${jobId}`;
}
