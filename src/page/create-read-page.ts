import { PageError } from "../contract/app-error.ts";
import type { PageRequest, PageResult } from "../contract/page.ts";
import type { FetchPage, FetchTry } from "./fetch/fetch-page.ts";
import type { FetchedPage } from "./fetch/fetched-page.ts";
import { startVisit } from "./fetch/visit.ts";
import type { ParsePool } from "./parse-pool.ts";
import type { PageContent } from "./read-fetched-page.ts";
import { toPageResult } from "./to-page-result.ts";
import { type PageTry, tryPage } from "./try-page.ts";

/**
 * One page from URL to result, tried again as the error table says.
 * @throws PageError, and whatever `signal` is aborted with.
 */
export type ReadPage = (request: PageRequest, signal: AbortSignal) => Promise<PageResult>;

type HostTurn = FetchTry["turn"];

interface ReadPageDeps {
  readonly waitForTurn: (url: URL, signal: AbortSignal) => Promise<HostTurn>;
  readonly fetchPage: FetchPage;
  readonly parsePool: ParsePool;
  /** From 0 to below 1, for the back-off. */
  readonly random: () => number;
}

export function createReadPage({ waitForTurn, random, ...steps }: ReadPageDeps): ReadPage {
  return async (request, signal) => {
    const url = new URL(request.url);
    const visit = startVisit();
    let startedAt: number | null = null;
    const tried = await tryPage({
      timeoutMs: request.timeoutMs,
      signal,
      random,
      waitForTurn: (until) => waitForTurn(url, until),
      tryOnce: (attempt) => {
        startedAt ??= performance.now();
        return readOnce(steps, request, { ...attempt, visit });
      },
    });
    if (!tried.ok) throw tried.error;
    return toPageResult({
      ...tried.result,
      retryCount: tried.retryCount,
      durationMs: performance.now() - (startedAt ?? performance.now()),
    });
  };
}

interface ReadOnce {
  readonly fetched: FetchedPage;
  readonly bytes: number;
  readonly content: PageContent;
}

async function readOnce(
  { fetchPage, parsePool }: Pick<ReadPageDeps, "fetchPage" | "parsePool">,
  request: PageRequest,
  attempt: PageTry<HostTurn> & Pick<FetchTry, "visit">,
): Promise<ReadOnce> {
  const fetched = await fetchPage(request, attempt);
  // Its memory goes to the thread.
  const bytes = fetched.body.byteLength;
  const reading = await parsePool.read({ page: fetched, request }, attempt.deadline.signal);
  if (!reading.ok) throw new PageError(reading.error.code, reading.error);
  return { fetched, bytes, content: reading.content };
}
