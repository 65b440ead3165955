import type { PageData, PageMetadata, PageRequest, TraceStep } from "../contract/page.ts";
import type { PageSignals } from "../contract/page-signals.ts";
import { extractContent } from "./extract/extract-content.ts";
import { lazily } from "./extract/lazily.ts";
import { readLinks } from "./extract/read-links.ts";
import { readMetadata } from "./extract/read-metadata.ts";
import { collectSignals } from "./extract/signals.ts";
import { createTrace, NO_TRACE, type Trace } from "./extract/trace.ts";
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
  // Whoever asks for the page as it is needs no content, and few verdicts do.
  const page = lazily({ content: () => extractContent(tree, options, trace) });
  const isWritten = options.explain || options.formats.some((format) => format !== "html");
  return {
    data: {
      ...(isWritten ? writeContent(page.content, options, html.length, trace) : UNWRITTEN),
      links: options.extractLinks
        ? trace.run("links", () => readLinks(tree, options, new AddressRoom(html.length)))
        : null,
    },
    page: trace.run("metadata", () => readMetadata(tree, options)),
    signals: trace.run("signals", () => collectSignals(tree, () => page.content)),
    trace: options.explain ? trace.steps : null,
  };
}

/** For who asks for the page as it is, or only for its links. */
const UNWRITTEN = { markdown: null, text: null, contentHtml: null };

function writeContent(
  content: Selection,
  { formats }: Pick<PageRequest, "formats">,
  sourceLength: number,
  trace: Trace,
) {
  return trace.run("format", () => formatContent(content, formats, sourceLength));
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
