/** What the browser brought: a page as plain HTTP brings it, so that the same threads read it. */
export interface RenderedPage {
  /** The requested URL; after redirects see `finalUrl`. */
  readonly url: string;
  readonly finalUrl: string;
  /** The addresses gone to, in order, without the first; those that scripts went to too. */
  readonly redirects: readonly string[];
  readonly status: number;
  /** Names in lower case; repeated headers joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string;
  readonly kind: "html";
  readonly charset: "utf-8";
  /** Its DOM as HTML. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** How it was rendered, for `explain`. */
  readonly notes: readonly string[];
  readonly renderMs: number;
}
