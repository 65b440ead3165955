import { z } from "zod";
import { FORMATS, type Format } from "./format.ts";
import { JOB_STATUSES, type JobStatus } from "./job-status.ts";
import {
  flagQuery,
  numberQuery,
  textQuery,
  timeQuery,
  uuidQuery,
  wordQuery,
} from "./query-fields.ts";

const MAX_WAIT_SECONDS = 60;
const MAX_PAGE_SIZE = 100;
/** More pages than any list has; what comes after the last one is empty. */
const MAX_PAGE = 2 ** 31 - 1;

/** Of a request that has none: whatever comes is named as ignored. */
export const noQuerySchema = z.object({});

/** Of GET /v1/extract/{job_id}. */
export const jobQuerySchema = z.object({
  wait: numberQuery(
    { min: 0, max: MAX_WAIT_SECONDS, fallback: 0 },
    "Seconds that the answer may wait for the job to end.",
  ),
});

/** Of DELETE /v1/extract/{job_id}. */
export const jobCancelQuerySchema = z.object({
  purge: flagQuery(
    "`true`: removes the result and the request headers of a job that has ended, at once.",
  ),
});

/** Of GET /v1/extract/jobs. */
export const jobListQuerySchema = z.object({
  job_id: uuidQuery("The job with this id."),
  url: textQuery("Jobs whose URL has this text in it."),
  status: wordQuery(JOB_STATUSES, "Jobs in this state."),
  output: wordQuery(FORMATS, "Jobs that this format was asked of."),
  start_date: timeQuery(
    "start",
    "Jobs made then or later. ISO 8601; without a zone it is UTC; a date alone is the day's begin.",
  ),
  end_date: timeQuery("end", "Jobs made then or before; a date alone is the day's end."),
  page: numberQuery({ min: 1, max: MAX_PAGE, fallback: 1 }, "Which page, from 1."),
  page_size: numberQuery(
    { min: 1, max: MAX_PAGE_SIZE, fallback: MAX_PAGE_SIZE },
    "Jobs on a page.",
  ),
});

/** Of GET /v1/statistics. */
export const statisticsQuerySchema = z.object({
  start_date: timeQuery(
    "start",
    "The first day; default: 30 days before the end. ISO 8601; without a zone it is UTC.",
  ),
  end_date: timeQuery("end", "The last day, at most 366 days after the first; default: today."),
});

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

export function toJobListQuery(query: z.output<typeof jobListQuerySchema>): JobListQuery {
  return {
    jobId: query.job_id,
    url: query.url,
    status: query.status,
    output: query.output,
    from: query.start_date,
    to: query.end_date,
    page: query.page,
    pageSize: query.page_size,
  };
}

export function toStatisticsQuery(query: z.output<typeof statisticsQuerySchema>): StatisticsQuery {
  return { from: query.start_date, to: query.end_date };
}
