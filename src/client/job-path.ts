import { parseUuid } from "../contract/parse-uuid.ts";

export function isJobId(text: string): boolean {
  return parseUuid(text) !== null;
}

/** @throws TypeError for what is no job id: `jobs` or `..` would be another resource */
export function toJobPath(jobId: string): string {
  if (!isJobId(jobId)) throw new TypeError(`"${jobId}" is not a job id`);
  return `v1/extract/${jobId}`;
}
