import type { Place } from "../concurrency/places.ts";
import { PageError } from "../contract/app-error.ts";
import type { PageRequest } from "../contract/page.ts";
import type { FetchPage, FetchTry } from "./fetch/fetch-page.ts";
import type { FetchedPage } from "./fetch/fetched-page.ts";
import type { ParsePool } from "./parse-pool.ts";
import type { PageContent } from "./read-fetched-page.ts";
import type { RenderMemory } from "./render/render-memory.ts";
import type { RenderPage } from "./render/render-page.ts";

export interface ReadSteps {
  readonly waitForTurn: (url: URL, signal: AbortSignal) => Promise<FetchTry["turn"]>;
  readonly fetchPage: FetchPage;
  /** In the browser: whoever renders a page has one. */
  readonly waitForPlace: (signal: AbortSignal) => Promise<Place>;
  readonly renderPage: RenderPage;
  readonly renderMemory: RenderMemory;
  readonly parsePool: ParsePool;
}

export interface ReadOnce {
  readonly fetched: FetchedPage;
  readonly bytes: number;
  readonly content: PageContent;
  readonly rendered: boolean;
}

/** One try of a page: plainly, in the browser, or as it turns out to need. @throws PageError */
export function readOnce(
  steps: ReadSteps,
  request: PageRequest,
  attempt: FetchTry,
): Promise<ReadOnce> {
  return WAYS[request.render](steps, request, attempt);
}

const WAYS = { never: readPlainly, always: readRendered, auto: readAsNeeded } as const;

async function readPlainly(
  { fetchPage, parsePool }: Pick<ReadSteps, "fetchPage" | "parsePool">,
  request: PageRequest,
  attempt: FetchTry,
): Promise<ReadOnce> {
  const fetched = await fetchPage(request, attempt);
  return { ...(await parse(parsePool, { page: fetched, request }, attempt)), rendered: false };
}

async function readRendered(
  steps: ReadSteps,
  request: PageRequest,
  attempt: FetchTry,
): Promise<ReadOnce> {
  const { failedProxies } = attempt.visit;
  const rendered = await steps.renderPage(request, { ...attempt, failedProxies });
  // A feed, a text, a file: browsers show it, or don't, but it is no document of theirs.
  if (rendered === null)
    return readPlainly(steps, request, await withNewTurn(steps, request, attempt));
  const { notes, renderMs, ...page } = rendered;
  const read = await parse(steps.parsePool, { page, request }, attempt);
  const { trace } = read.content;
  const step = { stage: "render", ms: renderMs, notes };
  return {
    ...read,
    rendered: true,
    content: { ...read.content, trace: trace && [step, ...trace] },
  };
}

/** Plainly first, and in the browser where that is an empty shell; pages like it go there at once from then on. */
async function readAsNeeded(
  steps: ReadSteps,
  request: PageRequest,
  attempt: FetchTry,
): Promise<ReadOnce> {
  const { renderMemory } = steps;
  const url = new URL(request.url);
  const asRendered = { ...request, render: "always" } as const;
  if (renderMemory.needsBrowser(url)) return readInPlace(steps, asRendered, attempt);
  try {
    return await readPlainly(steps, request, attempt);
  } catch (error) {
    const isShell = error instanceof PageError && error.reason === "empty_shell";
    if (!isShell) throw error;
  }
  const read = await readInPlace(steps, asRendered, await withNewTurn(steps, request, attempt));
  renderMemory.note(url, read.rendered);
  return read;
}

async function readInPlace(
  steps: ReadSteps,
  request: PageRequest,
  attempt: FetchTry,
): Promise<ReadOnce> {
  const place = await takePlace(steps, attempt);
  try {
    return await readRendered(steps, request, attempt);
  } finally {
    place.release();
  }
}

/** The turn goes back where there is no place in time. */
async function takePlace({ waitForPlace }: ReadSteps, { turn, deadline }: FetchTry) {
  try {
    return await waitForPlace(deadline.signal);
  } catch (error) {
    turn.release();
    throw error;
  }
}

/** The one before has been given back with the page. */
async function withNewTurn(
  { waitForTurn }: Pick<ReadSteps, "waitForTurn">,
  { url }: PageRequest,
  attempt: FetchTry,
): Promise<FetchTry> {
  return { ...attempt, turn: await waitForTurn(new URL(url), attempt.deadline.signal) };
}

async function parse(
  parsePool: ParsePool,
  order: { readonly page: FetchedPage; readonly request: PageRequest },
  { deadline }: FetchTry,
): Promise<Omit<ReadOnce, "rendered">> {
  const { page: fetched } = order;
  // Its memory goes to the thread.
  const bytes = fetched.body.byteLength;
  const reading = await parsePool.read(order, deadline.signal);
  if (!reading.ok) throw new PageError(reading.error.code, reading.error);
  return { fetched, bytes, content: reading.content };
}
