import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { PageReader } from "../../../app.ts";
import { mapLimit } from "../../../concurrency/map-limit.ts";
import type { Config } from "../../../config.ts";
import { PageError } from "../../../contract/app-error.ts";
import type { PageRequest, PageResult } from "../../../contract/page.ts";
import type { RequestChecks } from "../../../contract/request-fields.ts";
import { StartError } from "../../../contract/start-error.ts";
import type { Command, CommandContext } from "../command.ts";
import { EXTRACT_FLAGS, type ExtractWish, readFormat, toExtractWish } from "../extract-orders.ts";
import type { Flags } from "../flags.ts";
import { createFolderOutput, createStreamOutput, type PageOutput } from "../page-output.ts";
import { createProgress } from "../progress.ts";
import { describeFailure } from "../report-failure.ts";
import { runInterruptibly } from "../run-interruptibly.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export const extract: Command = {
  name: "extract",
  usage: [
    "extract URL… [--format F] [--render] [--wait-for CSS] [--links] [--header 'k: v'] [--timeout MS] [-o DIR]",
    "extract --file page.html --url URL [--format F]",
  ],
  summary: "Reads pages and writes their content to standard output, without a server",
  flags: EXTRACT_FLAGS,
  async run(context) {
    const urls = chooseUrls(context);
    const format = readFormat(context.flags);
    const config = await context.loadConfig();
    const { createPageReader } = await import("../../../app.ts");
    const reader = createPageReader({ config, machine: context.machine });
    try {
      return await runInterruptibly(context.terminal, async (signal) => {
        const source = await openSource(context, reader);
        const wishes = urls.map((url) =>
          toExtractWish(url, { flags: context.flags, checks: source.checks }),
        );
        const output = await openOutput(context, { format, count: urls.length });
        const work: PagesWork = { ...context, source, wishes, output, config, signal };
        return (await readPages(work)) === 0 ? 0 : 1;
      });
    } finally {
      await reader.stop();
    }
  },
};

/** @throws UsageError */
function chooseUrls({ flags, positionals }: CommandContext): readonly string[] {
  const url = flags.text("url");
  if (flags.isSet("file")) {
    if (url === null) throw new UsageError("--file needs --url: where the page comes from");
    if (positionals.length > 0)
      throw new UsageError("--file reads one page: name its URL with --url");
    return [url];
  }
  if (url !== null) throw new UsageError("--url belongs to --file");
  if (positionals.length === 0) throw new UsageError("extract needs a URL");
  return positionals;
}

/** Where pages come from: the network, or HTML that is there already. */
interface PageSource {
  readonly checks: RequestChecks;
  readonly read: (request: PageRequest, signal: AbortSignal) => Promise<PageResult>;
}

async function openSource(
  { flags, terminal }: CommandContext,
  reader: PageReader,
): Promise<PageSource> {
  const file = flags.text("file");
  if (file === null) return { checks: reader.checks, read: reader.readPage };
  const html = file === "-" ? await buffer(terminal.stdin) : await readHtml(file);
  return {
    checks: { ...reader.checks, judgeUrl: judgeSavedUrl },
    read: (request, signal) => reader.readSavedPage({ html, request, signal }),
  };
}

/** Nothing is asked of it, so that every address will do. */
function judgeSavedUrl(text: string): ReturnType<RequestChecks["judgeUrl"]> {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return { ok: true, url: url.href };
  return { ok: false, reason: "scheme", message: "Must be an absolute http or https URL" };
}

async function readHtml(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const isAbsent = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = isAbsent ? "there is no such file." : cause;
    throw new StartError(`${file} can't be read: ${reason}`, { cause });
  }
}

function openOutput(
  { flags, terminal }: CommandContext,
  what: { format: ReturnType<typeof readFormat>; count: number },
): PageOutput | Promise<PageOutput> {
  const folder = flags.text("output");
  return folder === null
    ? createStreamOutput(terminal.stdout, what)
    : createFolderOutput(folder, what);
}

interface PagesWork {
  readonly wishes: readonly ExtractWish[];
  readonly source: PageSource;
  readonly output: PageOutput;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly flags: Flags;
  readonly signal: AbortSignal;
}

/** How many failed. */
async function readPages({ wishes, source, output, config, terminal, signal }: PagesWork) {
  const progress = createProgress(terminal.stderr);
  let done = 0;
  let failed = 0;
  const showProgress = () => progress.show(`${done} of ${wishes.length} pages, ${failed} failed`);
  showProgress();
  await mapLimit(wishes, { limit: config.concurrency, signal }, async (wish, index) => {
    try {
      if ("refusal" in wish) throw wish.refusal;
      const result = await source.read(wish.order.page, signal);
      progress.clear();
      await output(index, { order: wish.order, result });
    } catch (error) {
      signal.throwIfAborted();
      failed += 1;
      progress.clear();
      await writeLine(terminal.stderr, `${wish.url}: ${describeFailure(error)}${hintFor(error)}`);
      await output(index, null);
    }
    done += 1;
    showProgress();
  });
  progress.clear();
  return failed;
}

/** Who sits at this terminal is the operator, who may let the address through. */
function hintFor(error: unknown): string {
  const isRefused = error instanceof PageError && error.reason === "address_not_allowed";
  return isRefused
    ? "\nTo let it through, set QUERN_ALLOW_NETWORKS, such as 127.0.0.1/32:8000."
    : "";
}
