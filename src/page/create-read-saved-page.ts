import { PageError } from "../contract/app-error.ts";
import type { PageRequest, PageResult } from "../contract/page.ts";
import type { FetchedPage } from "./fetch/fetched-page.ts";
import type { ParsePool } from "./parse-pool.ts";
import { toPageResult } from "./to-page-result.ts";

export interface SavedPage {
  /** As it was saved: its charset is found as that of a page which names none in its headers. */
  readonly html: Uint8Array;
  /** With the URL that it was saved from: relative links are resolved against it. */
  readonly request: PageRequest;
  readonly signal: AbortSignal;
}

/** Reads HTML that is there already, without the network. @throws PageError, and whatever `signal` is aborted with. */
export type ReadSavedPage = (page: SavedPage) => Promise<PageResult>;

export function createReadSavedPage({ parsePool }: { parsePool: ParsePool }): ReadSavedPage {
  return async ({ html, request, signal }) => {
    const startedAt = performance.now();
    const fetched = toFetchedPage(html, request.url);
    const bytes = html.byteLength;
    const reading = await parsePool.read({ page: fetched, request }, signal);
    if (!reading.ok) throw new PageError(reading.error.code, reading.error);
    const durationMs = performance.now() - startedAt;
    const { content } = reading;
    const measured = { durationMs, retryCount: 0, rendered: false };
    return toPageResult({ fetched, bytes, content, ...measured });
  };
}

function toFetchedPage(html: Uint8Array, url: string): FetchedPage {
  return {
    url,
    finalUrl: url,
    redirects: [],
    status: 200,
    headers: {},
    mediaType: "text/html",
    kind: "html",
    charset: null,
    // In memory of its own: it is handed to a thread.
    body: new Uint8Array(html),
  };
}
