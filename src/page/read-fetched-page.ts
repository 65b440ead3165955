import { PageError } from "../contract/app-error.ts";
import { FORMATS } from "../contract/format.ts";
import type { PageRequest, PageResult } from "../contract/page.ts";
import { extractOtherType } from "./extract-other-type.ts";
import { type ExtractedPage, extractPage } from "./extract-page.ts";
import { decodeBody } from "./fetch/decode-body.ts";
import type { FetchedPage } from "./fetch/fetched-page.ts";
import { statusError } from "./fetch/status-error.ts";
import { judgePage } from "./verdict/judge-page.ts";
import { toPageError } from "./verdict/to-page-error.ts";

export interface ReadingOrder {
  readonly page: FetchedPage;
  readonly request: PageRequest;
}

/** What a page says, without how it was got. */
export type PageContent = Pick<PageResult, "data" | "page" | "trace">;

/** A class does not survive the way out of a thread: a failure travels as its facts. */
export type Reading =
  | { readonly ok: true; readonly content: PageContent }
  | { readonly ok: false; readonly error: Failure };

type Failure = Pick<PageError, "code" | "message" | "details" | "retryAfterMs">;

/** Bytes in, content out, or the failure that the page turns out to be. Runs in the parse threads. */
export function readFetchedPage({ page, request }: ReadingOrder): Reading {
  const source = decodeBody(page.body, page.charset).text;
  const extracted = extract(source, { page, request });
  const failure = judge({ page, request }, extracted);
  if (failure !== null) return { ok: false, error: failure };
  const html = request.formats.includes("html") ? source : null;
  // Only what is asked for crosses to the other thread: the signals have served their purpose.
  const { data, page: metadata, trace } = extracted;
  return { ok: true, content: { data: { ...data, html }, page: metadata, trace } };
}

function extract(source: string, { page, request }: ReadingOrder): ExtractedPage {
  const options = { ...request, url: page.finalUrl };
  const readable = page.kind ?? "html";
  return readable === "html"
    ? extractPage(source, options)
    : extractOtherType(source, readable, options);
}

/** A recognised page beats its status, whose Retry-After still holds. */
function judge({ page, request }: ReadingOrder, extracted: ExtractedPage): Failure | null {
  const byStatus = statusError(page, Date.now());
  const verdict = judgePage({ ...page, signals: extracted.signals });
  // A shell that can still be rendered is no answer to anybody.
  const isUnfinished = verdict.kind === "empty_shell" && request.render === "auto";
  const recognised = toPageError(verdict, page.status, isUnfinished ? FORMATS : request.formats);
  const failure = recognised ?? byStatus ?? emptiness(request, extracted);
  if (failure === null) return null;
  const { code, message, details } = failure;
  return { code, message, details, retryAfterMs: byStatus?.retryAfterMs ?? null };
}

/** What a page says can be nothing of what was asked for: selectors that match nothing, as a typo does. */
function emptiness(request: PageRequest, { data }: ExtractedPage): PageError | null {
  if (request.includeSelectors.length + request.excludeSelectors.length === 0) return null;
  const texts = [data.markdown, data.text, data.contentHtml].filter((text) => text !== null);
  if (texts.length === 0 || texts.some((text) => text.trim() !== "")) return null;
  return new PageError("UNPROCESSABLE_CONTENT", {
    message: "Nothing of the page is left to read: see include_selectors and exclude_selectors.",
    details: { reason: "empty" },
  });
}
