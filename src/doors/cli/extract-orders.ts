import { PageError } from "../../contract/app-error.ts";
import {
  createExtractRequestSchema,
  type ExtractOrder,
  toExtractOrder,
} from "../../contract/extract-request.ts";
import { FORMATS, type Format } from "../../contract/format.ts";
import { parseRequest } from "../../contract/parse-request.ts";
import type { RequestChecks } from "../../contract/request-fields.ts";
import { ValidationError } from "../../contract/validation-error.ts";
import type { Flags, FlagTable } from "./flags.ts";
import { UsageError } from "./usage-error.ts";

export const OUTPUT_FORMATS = [...FORMATS, "json"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export const EXTRACT_FLAGS = {
  format: { value: "FORMAT", help: `${OUTPUT_FORMATS.join(", ")}; default: markdown` },
  links: { help: "the links of the page as well, after its content" },
  header: { value: "'NAME: VALUE'", repeats: true, help: "sent to the page's own origin; repeats" },
  timeout: {
    value: "MS",
    help: "for all tries of a page together; default: 30000, rendered 60000",
  },
  render: { help: "read the page in Chromium" },
  "wait-for": { value: "CSS", help: "render, and wait for this element first" },
  output: { value: "DIR", short: "o", help: "one file for each page in this folder" },
  file: { value: "FILE", help: "saved HTML instead of the network; - is standard input" },
  url: { value: "URL", help: "where the saved HTML comes from" },
} as const satisfies FlagTable;

/** A page to read, or why its URL may not be asked. */
export type ExtractWish =
  | { readonly url: string; readonly order: ExtractOrder }
  | { readonly url: string; readonly refusal: PageError };

export function readFormat(flags: Flags): OutputFormat {
  return flags.oneOf("format", OUTPUT_FORMATS) ?? "markdown";
}

/** The request that the API would get. @throws UsageError for a bad flag */
export function toExtractWish(
  url: string,
  { flags, checks }: { flags: Flags; checks: RequestChecks },
): ExtractWish {
  try {
    const schema = createExtractRequestSchema(checks);
    const body = parseRequest({ schema, value: toExtractBody(url, flags), place: "body" });
    const order = toExtractOrder(body);
    return { url, order };
  } catch (error) {
    if (error instanceof ValidationError) return { url, refusal: toRefusal(error) };
    throw error;
  }
}

/** What the flags say of a page, as the API takes it. @throws UsageError */
export function toExtractBody(url: string, flags: Flags) {
  const waitFor = flags.text("wait-for");
  return {
    url,
    formats: [toContentFormat(readFormat(flags))],
    extract_links: flags.isSet("links"),
    headers: flags.isSet("header") ? readHeaders(flags.texts("header")) : null,
    timeout: flags.wholeNumber("timeout", { min: 0 }),
    render_js: flags.isSet("render") ? true : null,
    wait_config: waitFor === null ? null : { wait_for: waitFor },
  };
}

/** What the JSON of the API holds when nobody asks for anything else. */
function toContentFormat(format: OutputFormat): Format {
  return format === "json" ? "markdown" : format;
}

function readHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw new UsageError(`--header is "${line}": allowed is 'Name: value'`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

const FLAG_OF_FIELD: Readonly<Record<string, string>> = {
  timeout: "--timeout",
  headers: "--header",
  wait_config: "--wait-for",
};

/** A URL fails as a page does; everything else is one flag for all pages. @throws UsageError */
function toRefusal(error: ValidationError): PageError {
  const [{ loc, msg }] = error.refusals;
  const field = String(loc[1]);
  if (field !== "url") throw new UsageError(`${FLAG_OF_FIELD[field] ?? field}: ${msg}`);
  return new PageError("INVALID_URL", { message: msg, details: error.details });
}
