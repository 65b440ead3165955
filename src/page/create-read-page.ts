import type { PageRequest, PageResult } from "../contract/page.ts";
import { startVisit } from "./fetch/visit.ts";
import { type ReadSteps, readOnce } from "./read-once.ts";
import { toPageResult } from "./to-page-result.ts";
import { tryPage } from "./try-page.ts";

/**
 * One page from URL to result, tried again as the error table says.
 * @throws PageError, and whatever `signal` is aborted with.
 */
export type ReadPage = (request: PageRequest, signal: AbortSignal) => Promise<PageResult>;

interface ReadPageDeps extends ReadSteps {
  /** From 0 to below 1, for the back-off. */
  readonly random: () => number;
}

export function createReadPage(deps: ReadPageDeps): ReadPage {
  return async (request, signal) => {
    if (request.render !== "always") return readInTries(deps, request, signal);
    // Held for all tries: their time counts from when there is a place.
    const place = await deps.waitForPlace(signal);
    try {
      return await readInTries(deps, request, signal);
    } finally {
      place.release();
    }
  };
}

async function readInTries(
  { random, ...steps }: ReadPageDeps,
  request: PageRequest,
  signal: AbortSignal,
): Promise<PageResult> {
  const url = new URL(request.url);
  const visit = startVisit();
  let startedAt: number | null = null;
  const tried = await tryPage({
    timeoutMs: request.timeoutMs,
    signal,
    random,
    waitForTurn: (until) => steps.waitForTurn(url, until),
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
}
