import type { PageSignals } from "../../contract/page-signals.ts";

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
  readonly signals: PageSignals;
}
