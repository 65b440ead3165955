import type { PageMetadata } from "../../src/contract/page.ts";

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
