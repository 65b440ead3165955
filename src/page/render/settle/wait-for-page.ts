import type { Deadline } from "../../../concurrency/deadline.ts";
import { sleep } from "../../../concurrency/sleep.ts";
import { PageError } from "../../../contract/app-error.ts";
import type { WaitRule } from "../../../contract/page.ts";
import { type IsolatedWorld, ScriptError } from "../tab/isolated-world.ts";
import type { PageStages, Stage } from "../tab/page-stages.ts";
import type { Tab } from "../tab/tab.ts";
import { BUSY_SELECTOR, samplePage } from "./sample-page.ts";
import { createSettling } from "./settling.ts";

export interface WaitFacts {
  readonly tab: Tab;
  readonly world: IsolatedWorld;
  readonly stages: PageStages;
  readonly deadline: Deadline;
}

/** Returns what was waited for, in words. @throws PageError */
export async function waitForPage(facts: WaitFacts, wait: WaitRule | null): Promise<string> {
  return wait === null || asksNothing(wait) ? settle(facts) : obey(facts, wait);
}

function asksNothing({ waitUntil, waitFor, waitTimeoutMs }: WaitRule): boolean {
  return waitUntil === null && waitFor === null && waitTimeoutMs === null;
}

/** `commit` needs no waiting: the site has answered. */
const STAGES = {
  commit: null,
  domcontentloaded: "DOMContentLoaded",
  load: "load",
  networkidle: "networkIdle",
} as const satisfies Record<string, Stage | null>;

/** The event, then the selector, then the pause. */
async function obey(facts: WaitFacts, wait: WaitRule): Promise<string> {
  const { stages, deadline } = facts;
  const seen: string[] = [];
  if (wait.waitUntil !== null) {
    const stage = STAGES[wait.waitUntil];
    if (stage !== null) await stages.reach(stage);
    seen.push(`the event ${wait.waitUntil}`);
  }
  if (wait.waitFor !== null) {
    await waitForSelector(facts, wait.waitFor);
    seen.push("the selector");
  }
  if (wait.waitTimeoutMs !== null) {
    await sleep(wait.waitTimeoutMs, deadline.signal);
    seen.push(`${wait.waitTimeoutMs} ms`);
  }
  return `waited for ${seen.join(", ")}`;
}

const LOOK_MS = 50;
/** For saying what was there instead. */
const LAST_WORDS_MS = 250;

async function waitForSelector(facts: WaitFacts, selector: string): Promise<void> {
  const { world, deadline } = facts;
  while (deadline.leftMs() > LAST_WORDS_MS) {
    if (await hasMatch(world, selector)) return;
    await sleep(LOOK_MS, deadline.signal);
  }
  const { textLength, elements } = await world.run(samplePage, BUSY_SELECTOR);
  throw selectorTimeout(selector, { text_length: `${textLength}`, elements: `${elements}` });
}

/** What was seen instead says whether the page was there at all. */
export function selectorTimeout(
  selector: string,
  seen: Readonly<Record<string, string>>,
): PageError {
  return new PageError("WAIT_FOR_SELECTOR_TIMEOUT", {
    message: `${selector} did not appear within the request's time.`,
    details: { wait_for: selector, ...seen },
  });
}

async function hasMatch(world: IsolatedWorld, selector: string): Promise<boolean> {
  try {
    return await world.run(matchSelector, selector);
  } catch (cause) {
    if (!(cause instanceof ScriptError)) throw cause;
    throw new PageError("INVALID_WAIT_FOR_SELECTOR", {
      message: `${selector} is not a selector that the browser knows.`,
      details: { wait_for: selector },
      cause,
    });
  }
}

/** Runs in the page. */
function matchSelector(selector: string): boolean {
  const path = /^(?:xpath=|(?=\/\/|\(\/\/))/.exec(selector);
  if (path === null) return document.querySelector(selector) !== null;
  const expression = selector.slice(path[0].length);
  const { singleNodeValue } = document.evaluate(
    expression,
    document,
    null,
    XPathResult.FIRST_ORDERED_NODE_TYPE,
  );
  return singleNodeValue !== null;
}

/** A page that never comes to rest is read as it is then: what it had to say it has said. */
const BUDGET_MS = 10_000;
/** Before it is loaded nobody can say what it has to say: its frames may be still to come. */
const LOADING_BUDGET_MS = 30_000;
/** Of the time that is left, for a page that never comes to rest: it still has to be read. */
const BUDGET_SHARE = 0.7;

async function settle({ tab, world, deadline }: WaitFacts): Promise<string> {
  const settling = createSettling();
  const share = deadline.leftMs() * BUDGET_SHARE;
  const begin = performance.now();
  let isLoaded = false;
  while (performance.now() - begin < Math.min(share, isLoaded ? BUDGET_MS : LOADING_BUDGET_MS)) {
    const sample = await world.run(samplePage, BUSY_SELECTOR);
    isLoaded = sample.isLoaded;
    const now = performance.now();
    const { open, changedAt } = tab.network;
    const reason = settling.judge(sample, { open, quietMs: now - changedAt }, now);
    if (reason !== null) return reason;
    await sleep(LOOK_MS, deadline.signal);
  }
  return "it never came to rest";
}
