import type { ExtractJob, ExtractJobList, JobCancelled } from "../../../contract/job-response.ts";
import { toStatusUrl } from "../../../contract/to-extract-job.ts";
import { EXAMPLE_ACCEPTED, EXAMPLE_RESPONSE } from "./extract-example.ts";

const { job_id } = EXAMPLE_ACCEPTED;

/** For the reference: the job of the example of POST /v1/extract, when it has ended. */
export const EXAMPLE_JOB: ExtractJob = {
  job_id,
  status: "completed",
  created_at: "2026-01-30T12:00:00.000Z",
  completed_at: "2026-01-30T12:00:00.241Z",
  data: EXAMPLE_RESPONSE.data,
  metadata: { ...EXAMPLE_RESPONSE.metadata, processing_mode: "async" },
  error: null,
  tokens_charged: 1,
};

export const EXAMPLE_JOB_LIST: ExtractJobList = {
  jobs: [
    {
      job_id,
      status: "completed",
      url: "https://example.com/",
      created_at: EXAMPLE_JOB.created_at,
      execution_time: 214,
      output: ["markdown"],
    },
  ],
  page: 1,
  page_size: 100,
  page_count: 1,
  is_capped: false,
};

export const EXAMPLE_CANCELLED: JobCancelled = {
  job_id,
  status: "cancelled",
  status_url: toStatusUrl(job_id),
};

const EXAMPLE_RUNNING: ExtractJob = {
  ...EXAMPLE_JOB,
  status: "processing",
  completed_at: null,
  data: null,
  metadata: null,
  tokens_charged: null,
};

export const EXAMPLE_EVENTS = [EXAMPLE_RUNNING, EXAMPLE_JOB]
  .map((job, index) => `event: job\nid: ${index + 2}\ndata: ${JSON.stringify(job)}\n`)
  .join("\n");
