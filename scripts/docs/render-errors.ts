import {
  type Fault,
  JOB_ERRORS,
  type JobErrorRow,
  REQUEST_ERRORS,
  type RequestErrorRow,
} from "../../src/contract/error-table.ts";
import { markdownTable } from "./markdown-table.ts";

/** docs/reference/errors.md, from the error table. */
export function renderErrors(): string {
  return [
    "# Errors",
    "Every reply that is not 2xx has one shape: `code`, `message` for people, `correlation_id` (the request id, as in the log), `retryable` (whether the same request may work later) and `details` (facts to act on, or null). A 422 for bad fields adds `detail`, one entry per field. A 422 of `POST /v1/extract` adds `error`, the same in the shape of a job error, and `tokens_charged: 0`.",
    "## Errors of a request",
    renderRequestErrors(),
    "## Errors of a page",
    "Why a page could not be read. `details.reason` is the finer reason where there is one. A request that waits for its page gets them as 422, but `INTERNAL_ERROR`, `PAYMENT_REQUIRED` and `WORK_CONCURRENCY_LIMITED`, which keep the status of the request error of that name.",
    renderJobErrors(),
  ].join("\n\n");
}

const FAULTS: Readonly<Record<Fault, string>> = {
  caller: "the caller's",
  target: "the page's",
  us: "Quern's",
};

function renderRequestErrors(): string {
  const rows = Object.entries<RequestErrorRow>(REQUEST_ERRORS).map(([code, row]) => [
    `\`${code}\``,
    String(row.status),
    row.retryable ? "yes" : "no",
    FAULTS[row.fault],
    row.message,
  ]);
  return markdownTable(["Code", "Status", "Retryable", "Whose doing", "Meaning"], rows);
}

const TRIES: Readonly<Record<JobErrorRow["triesAgain"], string>> = {
  never: "no",
  once: "once",
  within_time: "while time is left",
  next_proxy: "through the next proxy",
};

function renderJobErrors(): string {
  const rows = Object.entries<JobErrorRow>(JOB_ERRORS).map(([code, row]) => [
    `\`${code}\``,
    describeRetryable(row),
    TRIES[row.triesAgain],
    FAULTS[row.fault],
    row.message,
  ]);
  const head = ["Code", "Retryable", "Quern tries again by itself", "Whose doing", "Meaning"];
  return markdownTable(head, rows);
}

function describeRetryable({ retryable, finalReasons = [] }: JobErrorRow): string {
  if (!retryable) return "no";
  const exceptions = finalReasons.map((reason) => `\`${reason}\``).join(", ");
  return exceptions === "" ? "yes" : `yes, but ${exceptions}`;
}
