import {
  type JobListQuery,
  jobListQuerySchema,
  toJobListQuery,
} from "../../../contract/job-queries.ts";
import type { JobListItem } from "../../../contract/job-response.ts";
import { parseRequest } from "../../../contract/parse-request.ts";
import { ValidationError } from "../../../contract/validation-error.ts";
import type { Flags } from "../flags.ts";
import { formatTable } from "../format-table.ts";
import { writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import type { JobsAction } from "./jobs-action.ts";
import type { ActionFlag } from "./jobs-flags.ts";

export const listJobs: JobsAction = {
  name: "list",
  usage:
    "jobs list [--status S] [--url PART] [--output F] [--from DATE] [--to DATE] [--page N] [--page-size N]",
  flags: ["status", "url", "output", "from", "to", "page", "page-size"],
  prepare({ flags, positionals: [unwanted] }) {
    if (unwanted !== undefined) throw new UsageError(`jobs list takes no argument "${unwanted}"`);
    const filter = readFilter(flags);
    return async ({ client, terminal: { stdout, stderr }, signal }) => {
      const list = await client.list(filter, { signal });
      if (flags.isSet("json")) {
        await writeLine(stdout, JSON.stringify(list, null, 2));
        return 0;
      }
      await writeLine(stdout, formatTable(COLUMNS, list.jobs.map(toCells)));
      if (list.page_count > 1)
        await writeLine(stderr, `Page ${list.page} of ${list.page_count}; --page shows another`);
      return 0;
    };
  },
};

/** Flags by their names on the wire: what is allowed the contract says. */
const FLAG_OF_FIELD = {
  status: "status",
  url: "url",
  output: "output",
  start_date: "from",
  end_date: "to",
  page: "page",
  page_size: "page-size",
} as const satisfies Partial<Record<keyof typeof jobListQuerySchema.shape, ActionFlag>>;

/** @throws UsageError */
function readFilter(flags: Flags): JobListQuery {
  const given = Object.entries(FLAG_OF_FIELD).flatMap(([field, flag]) => {
    const text = flags.text(flag);
    return text === null ? [] : [[field, text] as const];
  });
  try {
    const value = Object.fromEntries(given);
    return toJobListQuery(parseRequest({ schema: jobListQuerySchema, value, place: "query" }));
  } catch (error) {
    if (error instanceof ValidationError) throw toUsageError(error, new Map(given));
    throw error;
  }
}

function toUsageError({ refusals }: ValidationError, given: ReadonlyMap<string, string>) {
  const fields = new Map<string, string>(Object.entries(FLAG_OF_FIELD));
  const lines = refusals.map(({ loc, msg }) => {
    const field = String(loc[1]);
    return `--${fields.get(field)} is "${given.get(field)}": ${msg}`;
  });
  return new UsageError(lines.join("\n"));
}

const COLUMNS = ["ID", "STATUS", "CREATED", "MS", "OUTPUT", "URL"];

function toCells(job: JobListItem): string[] {
  return [
    job.job_id,
    job.status,
    job.created_at,
    String(job.execution_time ?? "-"),
    job.output?.join(",") || "-",
    // Of a stranger's choice, and control characters are commands to a terminal.
    job.url.replaceAll(/\p{Cc}/gu, "?"),
  ];
}
