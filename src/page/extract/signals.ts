/**
 * What a page looks like, for the verdict: counts and short texts, nothing of the tree. Lengths are characters
 * of visible text with white space folded.
 */
export interface PageSignals {
  readonly title: string;
  /** Visible text of the whole page, without script, style, noscript and hidden parts; at most the first 4,000 characters. */
  readonly visibleText: string;
  readonly visibleTextLength: number;
  /** Of the chosen content. */
  readonly contentTextLength: number;
  readonly noscriptTextLength: number;
  readonly scriptCount: number;
  readonly scriptBytes: number;
  readonly linkCount: number;
  readonly passwordFieldCount: number;
  /** Text of the first h1 and h2. */
  readonly headings: readonly string[];
  /** `id` and `class` values, names and actions of forms, iframe and script addresses: at most 200, each at most 200 characters. */
  readonly markers: readonly string[];
}
