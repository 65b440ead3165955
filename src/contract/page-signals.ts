/**
 * What a page looks like, for the verdict: counts and short texts, nothing of the tree. Lengths are characters
 * of visible text with white space folded; visible is what is outside script, style, noscript, template and
 * hidden parts. Every list is cut at {@link MAX_SIGNAL_ITEMS} items, each at {@link MAX_SIGNAL_ITEM_LENGTH}.
 */
export interface PageSignals {
  readonly title: string;
  /** Of the whole page; at most the first 4,000 characters. */
  readonly visibleText: string;
  readonly visibleTextLength: number;
  /** Of the chosen content. */
  readonly contentTextLength: number;
  /** At most the first 500 characters of what `<noscript>` says; markup inside is not text. */
  readonly noscriptText: string;
  /** Visible text of each h1 and h2, in order, empty ones left out. */
  readonly headings: readonly string[];
  readonly linkCount: number;
  /** img, picture, video, audio, canvas, object and embed, outside of noscript and template. */
  readonly mediaCount: number;
  /** p, li, td, pre and blockquote with at least 80 characters of visible text: prose, where there is any. */
  readonly proseBlockCount: number;
  /** Fields that a visitor fills in: input but hidden, submit, button, reset and image; textarea; select. */
  readonly fieldCount: number;
  readonly passwordFieldCount: number;
  readonly scriptCount: number;
  /** Characters of inline script. */
  readonly inlineScriptLength: number;
  /** The first 500 characters of each inline script, `application/json` included, at most 40 of them. */
  readonly inlineScripts: readonly string[];
  /** `src` as written of scripts. */
  readonly scriptUrls: readonly string[];
  /** `src` as written of iframe and frame. */
  readonly frameUrls: readonly string[];
  /** `action` as written of forms. */
  readonly formActions: readonly string[];
  /** Each `id`, `name` of a form or a field, and single class name of the page, once, in lower case. */
  readonly markers: readonly string[];
  /** `id`, else the tag's name, of elements directly in body without visible text, media or field; no script, style, link, noscript or template. */
  readonly emptyBlocks: readonly string[];
  /** `content` of meta refresh as written; null without one. */
  readonly metaRefresh: string | null;
  /** `content` of meta robots in lower case; "" without one. */
  readonly robots: string;
}

export const MAX_SIGNAL_ITEMS = 200;
export const MAX_SIGNAL_ITEM_LENGTH = 200;
