import { FORMATS } from "../../../contract/format.ts";
import { JOB_STATUSES } from "../../../contract/job-status.ts";
import { EXTRACT_FLAGS, OUTPUT_FORMATS } from "../extract-orders.ts";
import type { FlagTable } from "../flags.ts";

const { links, header, render, "wait-for": waitFor } = EXTRACT_FLAGS;

/** For every action. */
export const COMMON_FLAGS = {
  server: { value: "URL", help: "the server; default: QUERN_SERVER" },
  key: {
    value: "KEY",
    help: "its API key; default: QUERN_API_KEY, which no list of processes shows",
  },
  json: { help: "JSON as the API answers it" },
} as const satisfies FlagTable;

/** Each for some of the actions. */
export const ACTION_FLAGS = {
  format: {
    value: "FORMAT",
    help: `${OUTPUT_FORMATS.join(", ")}; default: what the job has (submit: markdown)`,
  },
  timeout: { value: "MS", help: "submit: for all tries of the page; wait: for the job to end" },
  links,
  header,
  render,
  "wait-for": waitFor,
  status: { value: "STATUS", help: `only ${JOB_STATUSES.join(", ")}` },
  url: { value: "PART", help: "only jobs with this in their URL" },
  output: { value: "FORMAT", help: `only jobs with this format: ${FORMATS.join(", ")}` },
  from: { value: "DATE", help: "only jobs from then on: 2026-01-30, or 2026-01-30T12:00Z" },
  to: { value: "DATE", help: "only jobs up to then; a day counts to its end" },
  page: { value: "N", help: "default: 1, the newest" },
  "page-size": { value: "N", help: "1 to 100; default: 100" },
  purge: { help: "removes what a job that has ended left: its result and its request headers" },
} as const satisfies FlagTable;

export type ActionFlag = keyof typeof ACTION_FLAGS;
