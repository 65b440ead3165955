import type { PageData, PageMetadata, PageRequest, TraceStep } from "../contract/page.ts";
import { extractContent } from "./extract/extract-content.ts";
import { readLinks } from "./extract/read-links.ts";
import { readMetadata } from "./extract/read-metadata.ts";
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
      links: options.extractLinks ? readLinks(tree, options) : null,
    },
    page: readMetadata(tree, options),
    signals: collectSignals(tree, content),
    trace: options.explain ? trace : null,
  };
}
