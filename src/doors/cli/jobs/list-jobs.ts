import type { JobFilter } from "../../../client/create-client.ts";
import { FORMATS } from "../../../contract/format.ts";
import type { JobListItem } from "../../../contract/job-response.ts";
import { JOB_STATUSES } from "../../../contract/job-status.ts";
import type { Flags } from "../flags.ts";
import { formatTable } from "../format-table.ts";
import { writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import type { JobsAction } from "./jobs-action.ts";

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

const MAX_PAGE_SIZE = 100;

/** Only what was given: the server has the defaults. @throws UsageError */
function readFilter(flags: Flags): JobFilter {
  const wish = {
    status: flags.oneOf("status", JOB_STATUSES),
    url: flags.text("url"),
    output: flags.oneOf("output", FORMATS),
    from: readDate("from", { flags, timeOfDay: "00:00:00.000" }),
    to: readDate("to", { flags, timeOfDay: "23:59:59.999" }),
    page: flags.wholeNumber("page", { min: 1 }),
    pageSize: flags.wholeNumber("page-size", { min: 1, max: MAX_PAGE_SIZE }),
  };
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== null));
}

interface DateReading {
  readonly flags: Flags;
  /** Of a day that is given without a time. */
  readonly timeOfDay: string;
}

/** Without a zone it is UTC, as everywhere. */
function readDate(name: string, { flags, timeOfDay }: DateReading): Date | null {
  const text = flags.text(name);
  if (text === null) return null;
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ??
    [];
  const date = new Date(`${day}T${time ?? timeOfDay}${zone ?? "Z"}`);
  if (!Number.isNaN(date.getTime())) return date;
  throw new UsageError(
    `--${name} is "${text}": allowed is a day (2026-01-30) or a time (2026-01-30T12:00:00Z)`,
  );
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
