import type { PageResult } from "../contract/page.ts";
import type { FetchedPage } from "./fetch/fetched-page.ts";
import type { PageContent } from "./read-fetched-page.ts";

interface ReadPage {
  readonly fetched: FetchedPage;
  /** Of the body: it is gone once a parse thread has read it. */
  readonly bytes: number;
  readonly content: PageContent;
  readonly rendered: boolean;
  readonly durationMs: number;
  readonly retryCount: number;
}

export function toPageResult({ fetched, bytes, content, ...measured }: ReadPage): PageResult {
  return {
    ...content,
    ...measured,
    transfer: {
      httpStatus: fetched.status,
      finalUrl: fetched.finalUrl,
      contentType: fetched.headers["content-type"] ?? null,
      bytes,
      redirects: fetched.redirects,
    },
  };
}
