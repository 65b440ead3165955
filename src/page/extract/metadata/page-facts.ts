import type { Tree } from "../../tree/tree.ts";
import type { JsonObject } from "./json.ts";

/** What a page says of itself, gathered in one pass: the choosers look at this, not at the tree. */
export interface PageFacts {
  readonly tree: Tree;
  /** Where the page came from. */
  readonly url: string;
  /** Against which its addresses are resolved. */
  readonly baseUrl: string;
  /** Of `meta`, by name in lower case, in document order; without empty ones. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  /** `href` of `link`, by each word of its `rel` in lower case. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  /** JSON-LD. */
  readonly things: readonly JsonObject[];
  readonly title: string;
  /** Of `h1`, visible ones, in document order, without empty ones. */
  readonly headings: readonly Heading[];
  /** Elements with `itemprop`, or RDFa's `property`, outside of `meta`; by the name's last part in lower case. */
  readonly properties: ReadonlyMap<string, readonly number[]>;
  readonly times: readonly number[];
  /** Elements whose `class`, `id` or `rel` speak of an author, in document order. */
  readonly bylines: readonly number[];
  /** The same of a date. */
  readonly dateMarks: readonly number[];
  readonly language: string;
}

export interface Heading {
  readonly node: number;
  readonly text: string;
}
