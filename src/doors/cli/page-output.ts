import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExtractOrder } from "../../contract/extract-request.ts";
import type { PageResult } from "../../contract/page.ts";
import { StartError } from "../../contract/start-error.ts";
import { toExtractResponse } from "../../contract/to-extract-response.ts";
import type { OutputFormat } from "./extract-orders.ts";
import { type Output, write } from "./terminal.ts";

/** Takes each page once, in any order; null for one that failed. */
export type PageOutput = (index: number, page: ReadPage | null) => Promise<void>;

export interface ReadPage {
  readonly order: ExtractOrder;
  readonly result: PageResult;
}

/** Pages come out in the order in which they were asked for, with a line between them that names each. */
export function createStreamOutput(
  stdout: Output,
  { format, count }: { format: OutputFormat; count: number },
): PageOutput {
  const waiting = new Map<number, string>();
  let next = 0;
  let written = Promise.resolve();
  return (index, page) => {
    waiting.set(index, page === null ? "" : nameIfMany(page, { format, count }));
    for (let text = waiting.get(next); text !== undefined; text = waiting.get(next)) {
      const ready = text;
      waiting.delete(next);
      next += 1;
      written = written.then(() => write(stdout, ready));
    }
    return written;
  };
}

/** One file for each page, named after its URL. Nothing that is there already is overwritten. */
export async function createFolderOutput(
  folder: string,
  { format }: { format: OutputFormat },
): Promise<PageOutput> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new StartError(`The folder ${folder} can't be made: ${cause}`, { cause });
  }
  return async (_index, page) => {
    if (page === null) return;
    const name = toFileName(page.order.page.url);
    await writeNewFile(join(folder, name), { text: toText(page, format), format });
  };
}

function nameIfMany(page: ReadPage, { format, count }: { format: OutputFormat; count: number }) {
  const text = toText(page, format);
  if (count === 1 || format === "json") return text;
  const { url } = page.order.page;
  const name = format === "text" ? `==> ${url} <==` : `<!-- ${url.replaceAll("--", "%2D%2D")} -->`;
  return `${name}\n\n${text}\n`;
}

function toText({ order, result }: ReadPage, format: OutputFormat): string {
  if (format === "json") return `${JSON.stringify(toExtractResponse(order, result))}\n`;
  const { data } = result;
  const content = format === "content_html" ? data.contentHtml : data[format];
  return toContentText(content ?? "", data.links);
}

/** The content, and after it the links where they were asked for. */
export function toContentText(content: string, links: readonly string[] | null): string {
  const parts = links === null ? [content] : [content, links.join("\n")];
  return parts.map((part) => `${part.trimEnd()}\n`).join("\n");
}

const EXTENSIONS: Readonly<Record<OutputFormat, string>> = {
  markdown: "md",
  html: "html",
  text: "txt",
  content_html: "html",
  json: "json",
};

/** Host, path and query in letters that every file system takes; never a hidden file, never another folder. */
function toFileName(url: string): string {
  const { host, pathname, search } = new URL(url);
  const name = `${host}${pathname}${search}`.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
  return name.replaceAll(/^[.-]+|[.-]+$/g, "").slice(0, MAX_NAME_LENGTH) || "page";
}

/** File systems take 255 bytes. */
const MAX_NAME_LENGTH = 200;

async function writeNewFile(
  path: string,
  { text, format }: { text: string; format: OutputFormat },
): Promise<void> {
  for (let copy = 1; ; copy += 1) {
    const suffix = copy === 1 ? "" : `-${copy}`;
    try {
      await writeFile(`${path}${suffix}.${EXTENSIONS[format]}`, text, { flag: "wx" });
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}
