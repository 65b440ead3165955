import type { PageData, PageMetadata, PageRequest, TraceStep } from "../contract/page.ts";
import { extractContent } from "./extract/extract-content.ts";
import { collectSignals, type PageSignals } from "./extract/signals.ts";
import { readDocument } from "./format/read/read-document.ts";
import { toContentHtml } from "./format/to-content-html.ts";
import { toMarkdown } from "./format/to-markdown.ts";
import { toText } from "./format/to-text.ts";
import { parseHtml } from "./tree/parse-html.ts";

export type ExtractPageOptions = Pick<
  PageRequest,
  | "url"
  | "formats"
  | "extractLinks"
  | "onlyMainContent"
  | "includeSelectors"
  | "excludeSelectors"
  | "explain"
>;

export interface ExtractedPage {
  readonly data: Omit<PageData, "html">;
  readonly page: PageMetadata;
  readonly signals: PageSignals;
  /** Only with `explain`. */
  readonly trace: readonly TraceStep[] | null;
}

/**
 * HTML in, content out: parsed once, and the same HTML gives the same answer. Needs no network and no Node, and does
 * not throw on ugly pages.
 */
export function extractPage(html: string, options: ExtractPageOptions): ExtractedPage {
  const tree = parseHtml(html);
  const { content, trace } = extractContent(tree, options);
  const document = readDocument(content);
  const wants = (format: PageRequest["formats"][number]) => options.formats.includes(format);
  return {
    data: {
      markdown: wants("markdown") ? toMarkdown(document) : null,
      text: wants("text") ? toText(document) : null,
      contentHtml: wants("content_html") ? toContentHtml(document) : null,
      links: null,
    },
    page: NO_METADATA,
    signals: collectSignals(tree, content),
    trace: options.explain ? trace : null,
  };
}

/** Until the metadata's reader is there. */
const NO_METADATA: PageMetadata = {
  title: null,
  description: null,
  author: null,
  publishedAt: null,
  modifiedAt: null,
  language: null,
  siteName: null,
  canonicalUrl: null,
  image: null,
  type: null,
};
