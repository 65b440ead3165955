import type { Format } from "./format.ts";
import type { JobStatus } from "./job-status.ts";

/** The filters of GET /v1/extract/jobs; they combine with AND. */
export interface JobListQuery {
  readonly jobId: string | null;
  /** A part of the URL. */
  readonly url: string | null;
  readonly status: JobStatus | null;
  readonly output: Format | null;
  /** Of the creation; both inclusive. */
  readonly from: Date | null;
  readonly to: Date | null;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** The window of GET /v1/statistics, as the caller wrote it. */
export interface StatisticsQuery {
  readonly from: Date | null;
  readonly to: Date | null;
}
