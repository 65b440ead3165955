/** The states of a job. The last three are final and never change. */
export const JOB_STATUSES = ["queued", "processing", "completed", "failed", "cancelled"] as const;

export type JobStatus = (typeof JOB_STATUSES)[number];
