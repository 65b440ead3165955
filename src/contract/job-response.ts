import { z } from "zod";
import { jobErrorSchema } from "./error-reply.ts";
import { extractDataSchema, extractMetadataSchema } from "./extract-response.ts";
import { VENDOR_FORMATS } from "./format.ts";
import { JOB_STATUSES } from "./job-status.ts";

/** Of a job that failed or was cancelled the page's own facts are null. */
export const jobMetadataSchema = extractMetadataSchema.extend({
  response: extractMetadataSchema.shape.response.nullable(),
  page: extractMetadataSchema.shape.page.nullable(),
});

/** 200 of GET /v1/extract/{job_id}: these eight keys, always. */
export const extractJobSchema = z.object({
  job_id: z.uuid(),
  status: z.enum(JOB_STATUSES),
  created_at: z.iso.datetime(),
  completed_at: z.iso.datetime().nullable().meta({ description: "Null while the job is open." }),
  data: extractDataSchema.nullable(),
  metadata: jobMetadataSchema.nullable(),
  error: jobErrorSchema.nullable(),
  tokens_charged: z.int().min(0).nullable().meta({ description: "Null while the job is open." }),
});

export const jobListItemSchema = z.object({
  job_id: z.uuid(),
  status: z.enum(JOB_STATUSES),
  url: z.string(),
  created_at: z.iso.datetime(),
  execution_time: z
    .int()
    .min(0)
    .nullable()
    .meta({ description: "Milliseconds from the start of the work to its end." }),
  output: z.array(z.enum(VENDOR_FORMATS)).nullable(),
});

/** 200 of GET /v1/extract/jobs, newest first. */
export const extractJobListSchema = z.object({
  jobs: z.array(jobListItemSchema),
  page: z.int().min(1),
  page_size: z.int().min(1),
  page_count: z.int().min(0).meta({ description: "0 of an empty list." }),
  is_capped: z.literal(false),
});

/** 202 of DELETE /v1/extract/{job_id}. */
export const jobCancelledSchema = z.object({
  job_id: z.uuid(),
  status: z.enum(JOB_STATUSES).meta({ description: "With `purge` the status that it ended with." }),
  status_url: z.string(),
});

export type JobMetadata = z.infer<typeof jobMetadataSchema>;
export type ExtractJob = z.infer<typeof extractJobSchema>;
export type JobListItem = z.infer<typeof jobListItemSchema>;
export type ExtractJobList = z.infer<typeof extractJobListSchema>;
export type JobCancelled = z.infer<typeof jobCancelledSchema>;
