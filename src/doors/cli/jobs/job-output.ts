import { QuernError } from "../../../client/quern-error.ts";
import type { ExtractData } from "../../../contract/extract-response.ts";
import type { Format } from "../../../contract/format.ts";
import type { ExtractJob } from "../../../contract/job-response.ts";
import { OUTPUT_FORMATS, type OutputFormat } from "../extract-orders.ts";
import type { Flags } from "../flags.ts";
import { toContentText } from "../page-output.ts";
import { describeFailure } from "../report-failure.ts";
import { type Terminal, write, writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** How a job is shown; null: its content in the format that it has. @throws UsageError */
export function readJobFormat(flags: Flags): OutputFormat | null {
  const format = flags.oneOf("format", OUTPUT_FORMATS);
  if (!flags.isSet("json")) return format;
  if (format === null || format === "json") return "json";
  throw new UsageError(`--json and --format ${format} exclude one another`);
}

interface JobOutput {
  readonly format: OutputFormat | null;
  readonly terminal: Terminal;
}

/** The result on stdout, what there is to say on stderr, and the exit code. */
export async function writeJob(job: ExtractJob, { format, terminal }: JobOutput): Promise<number> {
  const { stdout, stderr } = terminal;
  if (format === "json") await writeLine(stdout, JSON.stringify(job, null, 2));
  if (job.error !== null) {
    await writeLine(stderr, describeFailure(new QuernError(job.error)));
    return 1;
  }
  if (format === "json") return 0;
  const content = chooseContent(job, format);
  if (typeof content === "object") {
    await writeLine(stderr, content.absent);
    return 1;
  }
  await write(stdout, toContentText(content, job.data?.links ?? null));
  return 0;
}

/** Best to read first. */
const PREFERENCE = ["markdown", "text", "content_html", "html"] as const satisfies Format[];

function chooseContent(
  { job_id: id, status, data }: ExtractJob,
  format: Format | null,
): string | { readonly absent: string } {
  if (status !== "completed")
    return { absent: `Job ${id} is ${status}. To wait for it: quern jobs wait ${id}` };
  if (data === null)
    return { absent: `Job ${id} was synchronous: its content went to its caller alone.` };
  const formats = PREFERENCE.filter((candidate) => typeof data[candidate] === "string");
  const content = contentOf(data, format ?? formats[0]);
  return (
    content ?? { absent: `Job ${id} has ${formats.join(", ") || "no content"}, no ${format}.` }
  );
}

function contentOf(data: ExtractData, format: Format | undefined): string | null {
  // With links alone there is no content, and nothing is missing.
  if (format === undefined) return data.links === null ? null : "";
  return data[format] ?? null;
}
