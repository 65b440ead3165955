/** What a page is read as. */
export type Readable = "html" | "xml" | "json" | "markdown" | "text";

interface MediaTypeRule {
  readonly pattern: RegExp;
  readonly readable: Readable | null;
  readonly why: string;
}

/** The first row that matches decides. */
const RULES: readonly MediaTypeRule[] = [
  { pattern: /^text\/html$/, readable: "html", why: "the web" },
  { pattern: /^application\/(?:\S+\+)?xhtml\+xml$/, readable: "html", why: "HTML in XML syntax" },
  {
    pattern: /^application\/vnd\.wap\.xhtml\+xml$/,
    readable: "html",
    why: "XHTML Mobile Profile, still sent to unknown browsers",
  },
  {
    pattern: /^text\/(?:x-)?markdown$/,
    readable: "markdown",
    why: "RFC 7763, and its name before",
  },
  { pattern: /^text\/plain$/, readable: "text", why: "text" },
  { pattern: /^(?:application|text)\/(?:x-)?json$/, readable: "json", why: "RFC 8259" },
  { pattern: /^image\//, readable: null, why: "SVG is +xml, but a picture" },
  { pattern: /^[^/]+\/.+\+json$/, readable: "json", why: "JSON-LD, JSON Feed, problem details" },
  { pattern: /^(?:application|text)\/xml$/, readable: "xml", why: "RFC 7303" },
  { pattern: /^[^/]+\/.+\+xml$/, readable: "xml", why: "RSS, Atom and others (RFC 7303)" },
  { pattern: /^(?:application|text)\/(?:x-)?rss$/, readable: "xml", why: "RSS without its suffix" },
];

/** How a media type is read; null where it is not. */
export function readableAs(mediaType: string): Readable | null {
  return RULES.find(({ pattern }) => pattern.test(mediaType))?.readable ?? null;
}
