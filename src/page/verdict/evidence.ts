/**
 * What the verdict is given of a page: how it was answered, and what it looks like. The signals are collected
 * by the extraction, which knows the tree; here only counts and short texts arrive.
 */
export interface PageEvidence {
  /** Of the last answer. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Asked for. */
  readonly url: string;
  /** After redirects. */
  readonly finalUrl: string;
  readonly signals: SignalsOfPage;
}

/** The part of the collected signals that the rules look at. Visible text has white space folded. */
export interface SignalsOfPage {
  readonly title: string;
  /** The beginning of the visible text of the whole page. */
  readonly visibleText: string;
  readonly visibleTextLength: number;
  readonly contentTextLength: number;
  readonly noscriptText: string;
  /** h1 and h2. */
  readonly headings: readonly string[];
  readonly linkCount: number;
  readonly mediaCount: number;
  /** Paragraphs, items and cells of at least a line of prose. */
  readonly proseBlockCount: number;
  /** Fields that a visitor fills in. */
  readonly fieldCount: number;
  readonly passwordFieldCount: number;
  readonly scriptCount: number;
  readonly inlineScriptLength: number;
  /** The beginning of each inline script. */
  readonly inlineScripts: readonly string[];
  readonly scriptUrls: readonly string[];
  readonly frameUrls: readonly string[];
  readonly formActions: readonly string[];
  /** `id`, `name` and class names in lower case. */
  readonly markers: readonly string[];
  /** `id`, else tag name, of elements directly in body that show nothing. */
  readonly emptyBlocks: readonly string[];
  /** `content` of meta refresh; null without one. */
  readonly metaRefresh: string | null;
  readonly robots: string;
}
