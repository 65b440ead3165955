import type { PageOrder } from "../../../client/create-client.ts";
import { QuernError } from "../../../client/quern-error.ts";
import { FORMATS } from "../../../contract/format.ts";
import { toExtractBody } from "../extract-orders.ts";
import type { Flags } from "../flags.ts";
import { describeFailure } from "../report-failure.ts";
import { writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import type { JobsAction, JobsCall } from "./jobs-action.ts";

export const submitPages: JobsAction = {
  name: "submit",
  usage: "jobs submit URL… [--format F] [--links] [--header 'k: v'] [--timeout MS]",
  flags: ["format", "links", "header", "timeout", "render", "wait-for"],
  prepare({ flags, positionals: urls }) {
    if (urls.length === 0) throw new UsageError("jobs submit needs a URL");
    // `json` is a way to write what there is, and nothing is there yet.
    flags.oneOf("format", FORMATS);
    const pages = urls.map((url) => toExtractBody(url, flags));
    return async (call) => {
      const refused = await submitAll(pages, { ...call, flags });
      return refused === 0 ? 0 : 1;
    };
  },
};

/** One id for each line, in the order of the pages. How many were refused; what is no page's fault ends it. */
async function submitAll(
  pages: readonly PageOrder[],
  { client, terminal, signal, flags }: JobsCall & { readonly flags: Flags },
): Promise<number> {
  let refused = 0;
  for (const page of pages) {
    try {
      const accepted = await client.submit(page, { signal });
      const line = flags.isSet("json") ? JSON.stringify(accepted) : accepted.job_id;
      await writeLine(terminal.stdout, line);
    } catch (error) {
      if (!(error instanceof QuernError && error.status === INVALID)) throw error;
      refused += 1;
      await writeLine(terminal.stderr, `${page.url}: ${describeFailure(error)}`);
    }
  }
  return refused;
}

/** The status of a request with something wrong in it. */
const INVALID = 422;
