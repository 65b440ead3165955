import type { Deadline } from "../../concurrency/deadline.ts";
import { PageError } from "../../contract/app-error.ts";
import type { BrowserProxy } from "../../egress/browser-proxy.ts";
import type { HostTurn } from "../../egress/egress.ts";
import type { Browser } from "./browser/browser.ts";
import type { BrowserKeeper } from "./browser/browser-keeper.ts";
import { BrowserGone } from "./cdp/cdp-connection.ts";
import { readTab } from "./read-tab.ts";
import type { Progress, RenderRequest } from "./render-request.ts";
import type { RenderedPage } from "./rendered-page.ts";
import { selectorTimeout } from "./settle/wait-for-page.ts";
import { openTab } from "./tab/open-tab.ts";
import type { Tab } from "./tab/tab.ts";

export interface RenderTry {
  /** Of the page's own host: it is given back when the page has been read. */
  readonly turn: HostTurn;
  /** Began when the turn was there. */
  readonly deadline: Deadline;
  readonly failedProxies: Set<string>;
}

/**
 * One try of a page in the browser, for whoever has a place in it. Null: it is no page that a browser shows as HTML, so that it is to be read plainly.
 * @throws PageError, or whatever the deadline's own signal is aborted with.
 */
export type RenderPage = (
  request: RenderRequest,
  attempt: RenderTry,
) => Promise<RenderedPage | null>;

interface RenderDeps {
  readonly keeper: BrowserKeeper;
  readonly proxy: () => Promise<BrowserProxy>;
  /** Of the DOM as HTML. */
  readonly maxPageBytes: number;
}

export function createRenderPage(deps: RenderDeps): RenderPage {
  return async (request, attempt) => {
    const { signal } = attempt.deadline;
    const progress: Progress = { step: "start" };
    try {
      return await renderOnce(deps, request, { ...attempt, progress });
    } catch (error) {
      if (error instanceof PageError) throw error;
      if (attempt.deadline.isOver) throw timeoutError(progress, request, error);
      signal.throwIfAborted();
      throw toPageError(error);
    } finally {
      attempt.turn.release();
    }
  };
}

/** Before the proxy cuts a page: what it loads is mostly not in its DOM. */
const LOADED_BYTES_FACTOR = 5;

async function renderOnce(
  { keeper, proxy, maxPageBytes }: RenderDeps,
  request: RenderRequest,
  { deadline, failedProxies, progress }: RenderTry & { readonly progress: Progress },
): Promise<RenderedPage | null> {
  const { server, open } = await within(deadline.signal, openProxy(proxy));
  const lease = await within(deadline.signal, keeper.take());
  const pass = open({
    proxy: request.proxy,
    failedProxies,
    maxBytes: maxPageBytes * LOADED_BYTES_FACTOR,
    signal: deadline.signal,
  });
  try {
    return await withTab(lease.browser, { server, signal: deadline.signal }, (tab) =>
      readTab({ tab, pass, request, deadline, progress, maxPageBytes }),
    );
  } finally {
    pass.close();
    lease.release();
  }
}

async function openProxy(proxy: () => Promise<BrowserProxy>) {
  const started = await proxy();
  return { server: started.server, open: started.open.bind(started) };
}

interface TabPlace {
  readonly server: string;
  readonly signal: AbortSignal;
}

/** Whatever the page does, its tab is gone when this returns. */
async function withTab<Result>(
  browser: Browser,
  { server, signal }: TabPlace,
  work: (tab: Tab) => Promise<Result>,
): Promise<Result> {
  const opening = openTab(browser, server);
  try {
    const tab = await within(signal, opening);
    return await within(signal, Promise.race([work(tab), tab.failed]));
  } finally {
    // It may have opened after nobody wanted it any more.
    await opening.then(
      (tab) => tab.close(),
      () => undefined,
    );
  }
}

/** The work goes on to its end, but nobody waits for it any more. */
async function within<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function timeoutError({ step }: Progress, { wait }: RenderRequest, cause: unknown): PageError {
  if (step === "selector" && wait?.waitFor) return selectorTimeout(wait.waitFor, {});
  return new PageError("TIMEOUT", {
    message: MESSAGES[step],
    details: { reason: step === "navigation" ? "headers" : "render" },
    cause,
  });
}

const MESSAGES: Readonly<Record<Progress["step"], string>> = {
  start: "The page's time was over before the browser had started.",
  navigation: "The page's time was over before the site answered.",
  wait: "The page's time was over before what was waited for had come.",
  selector: "The page's time was over before the selector had come.",
  capture: "The page's time was over while it was read in the browser.",
};

/** A browser that ends under a page is nobody's fault but ours. */
function toPageError(cause: unknown): PageError {
  const reason = cause instanceof BrowserGone ? "browser_ended" : "browser";
  return new PageError("INTERNAL_ERROR", {
    message: "The browser did not do its work.",
    details: { reason },
    cause,
  });
}
