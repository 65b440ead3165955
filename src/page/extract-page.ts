import type { PageData, PageMetadata, PageRequest, TraceStep } from "../contract/page.ts";
import { extractContent } from "./extract/extract-content.ts";
import { readLinks } from "./extract/read-links.ts";
import { readMetadata } from "./extract/read-metadata.ts";
import { collectSignals, type PageSignals } from "./extract/signals.ts";
import { createTrace, NO_TRACE } from "./extract/trace.ts";
import { outputLimit } from "./format/output-limit.ts";
import { readDocument } from "./format/read/read-document.ts";
import { toContentHtml } from "./format/to-content-html.ts";
import { toMarkdown } from "./format/to-markdown.ts";
import { toText } from "./format/to-text.ts";
import { parseHtml } from "./tree/parse-html.ts";
import type { Selection, Tree } from "./tree/tree.ts";
import { AddressRoom } from "./url/address-room.ts";

/** Everything but the URL may be left out. */
export type ExtractPageOptions = Pick<PageRequest, "url"> & Partial<typeof DEFAULTS>;

const DEFAULTS: Pick<
  PageRequest,
  | "formats"
  | "extractLinks"
  | "onlyMainContent"
  | "includeSelectors"
  | "excludeSelectors"
  | "explain"
> = {
  formats: ["markdown"],
  extractLinks: false,
  onlyMainContent: true,
  includeSelectors: [],
  excludeSelectors: [],
  explain: false,
};

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
export function extractPage(html: string, given: ExtractPageOptions): ExtractedPage {
  const options = { ...DEFAULTS, ...given };
  const trace = options.explain ? createTrace(() => performance.now()) : NO_TRACE;
  const tree = trace.run("parse", () => parseHtml(html), notesOnTree);
  const content = extractContent(tree, options, trace);
  return {
    data: {
      ...trace.run("format", () => formatContent(content, options.formats, html.length)),
      links: options.extractLinks
        ? trace.run("links", () => readLinks(tree, options, new AddressRoom(html.length)))
        : null,
    },
    page: trace.run("metadata", () => readMetadata(tree, options)),
    signals: trace.run("signals", () => collectSignals(tree, content)),
    trace: options.explain ? trace.steps : null,
  };
}

function formatContent(content: Selection, formats: PageRequest["formats"], sourceLength: number) {
  const document = readDocument(content, new AddressRoom(sourceLength));
  const limit = outputLimit(sourceLength);
  const wants = (format: PageRequest["formats"][number]) => formats.includes(format);
  return {
    markdown: wants("markdown") ? toMarkdown(document, limit) : null,
    text: wants("text") ? toText(document, limit) : null,
    contentHtml: wants("content_html") ? toContentHtml(document, limit) : null,
  };
}

function notesOnTree({ size, truncated }: Tree): string[] {
  const notes = [`${size} nodes`];
  return truncated ? [...notes, "cut, since the page is too large"] : notes;
}
