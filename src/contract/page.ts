import type { Format } from "./format.ts";

export const PROXY_TYPES = ["residential", "datacenter", "mix"] as const;
/** What the browser tells of a page, in the order in which it happens. */
export const WAIT_EVENTS = ["commit", "domcontentloaded", "load", "networkidle"] as const;

/** A wish for a proxy. `country` null fits any country; `mix` fits either type. */
export interface ProxyWish {
  readonly country: string | null;
  readonly type: (typeof PROXY_TYPES)[number];
}

export interface WaitRule {
  readonly waitUntil: (typeof WAIT_EVENTS)[number] | null;
  /** CSS, or XPath where it starts with `//`, `(//` or `xpath=`. */
  readonly waitFor: string | null;
  readonly waitTimeoutMs: number | null;
}

/** What is to be read: one page, as every door asks for it. */
export interface PageRequest {
  /** Absolute and normalised. */
  readonly url: string;
  readonly formats: readonly Format[];
  readonly render: "never" | "always" | "auto";
  /** Null: the caller named none, and the operator's default decides. */
  readonly proxy: ProxyWish | null;
  /** Sent to the target's own origin. */
  readonly headers: Readonly<Record<string, string>>;
  readonly wait: WaitRule | null;
  readonly extractLinks: boolean;
  /** All tries together, from the moment that a place and the host's turn are there. */
  readonly timeoutMs: number;
  readonly onlyMainContent: boolean;
  readonly includeSelectors: readonly string[];
  readonly excludeSelectors: readonly string[];
  readonly explain: boolean;
}

/** What the page says of itself; null where it says nothing. */
export interface PageMetadata {
  readonly title: string | null;
  readonly description: string | null;
  readonly author: string | null;
  /** ISO 8601, as exact as the page gives it: a date, or a time with its zone. */
  readonly publishedAt: string | null;
  readonly modifiedAt: string | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly siteName: string | null;
  readonly canonicalUrl: string | null;
  readonly image: string | null;
  readonly type: PageType | null;
}

/** Of a page that says nothing of itself. */
export const NO_METADATA: PageMetadata = {
  title: null,
  description: null,
  author: null,
  publishedAt: null,
  modifiedAt: null,
  language: null,
  siteName: null,
  canonicalUrl: null,
  image: null,
  type: null,
};

export const PAGE_TYPES = [
  "article",
  "forum",
  "product",
  "listing",
  "collection",
  "documentation",
  "service",
  "other",
] as const;

export type PageType = (typeof PAGE_TYPES)[number];

/** One step of the extraction, for `explain`. */
export interface TraceStep {
  readonly stage: string;
  readonly ms: number;
  /** What was kept or dropped and why, in words. */
  readonly notes: readonly string[];
}

/** Content in the formats that were asked for; null where not asked for. */
export interface PageData {
  readonly markdown: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly contentHtml: string | null;
  readonly links: readonly string[] | null;
}

/** How the page was got. */
export interface PageTransfer {
  readonly httpStatus: number;
  readonly finalUrl: string;
  readonly contentType: string | null;
  /** Of the body after decompression. */
  readonly bytes: number;
  /** The addresses gone to, in order, without the first. */
  readonly redirects: readonly string[];
}

export interface PageResult {
  readonly data: PageData;
  readonly page: PageMetadata;
  readonly transfer: PageTransfer;
  readonly rendered: boolean;
  readonly durationMs: number;
  /** Tries minus one. */
  readonly retryCount: number;
  /** Only with `explain`. */
  readonly trace: readonly TraceStep[] | null;
}
