/** The states of a job. The last three are final and never change. */
export const JOB_STATUSES = ["queued", "processing", "completed", "failed", "cancelled"] as const;
export const FINAL_STATUSES = ["completed", "failed", "cancelled"] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];
export type FinalStatus = (typeof FINAL_STATUSES)[number];

export function isFinalStatus(status: JobStatus): status is FinalStatus {
  return status !== "queued" && status !== "processing";
}
