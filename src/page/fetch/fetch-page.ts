import type { Deadline } from "../../concurrency/deadline.ts";
import { PageError } from "../../contract/app-error.ts";
import type { PageRequest } from "../../contract/page.ts";
import type { Egress, EgressAnswer, HostTurn } from "../../egress/egress.ts";
import { discardBody } from "./discard-body.ts";
import type { FetchedPage } from "./fetched-page.ts";
import { followRedirect, type Leg, startLeg } from "./leg.ts";
import { type ReadAnswer, readAnswer } from "./read-answer.ts";
import { redirectOfAnswer, redirectOfPage } from "./redirect.ts";
import { requestHeaders } from "./request-headers.ts";
import type { Visit } from "./visit.ts";
import { withinTime } from "./within-time.ts";

interface FetchTools {
  readonly egress: Egress;
  readonly userAgent: string;
  /** After decompression. */
  readonly maxPageBytes: number;
  /** Of one connection, so that a dead host leaves time for another try. */
  readonly connectTimeoutMs: number;
}

export type FetchRequest = Pick<PageRequest, "url" | "headers" | "proxy">;

export interface FetchTry {
  /** Of the page's own host: it is given back when its answer has been read. */
  readonly turn: HostTurn;
  /** Began when the turn was there. */
  readonly deadline: Deadline;
  readonly visit: Visit;
}

/**
 * One try of a page over plain HTTP, redirects included. An answer with any status is a page: what its status means
 * is judged after its body (see `statusError`).
 * @throws PageError, or whatever the deadline's own signal is aborted with.
 */
export type FetchPage = (request: FetchRequest, attempt: FetchTry) => Promise<FetchedPage>;

export function createFetchPage(tools: FetchTools): FetchPage {
  return async (request, attempt) => {
    let leg = startLeg(request);
    let arrival = await travel(tools, request, attempt, leg);
    while ("redirect" in arrival) {
      leg = followRedirect(leg, arrival.redirect);
      const turn = await waitForTurn(tools.egress, leg, attempt.deadline);
      arrival = await travel(tools, request, { ...attempt, turn }, leg);
    }
    return {
      url: request.url,
      finalUrl: leg.url.href,
      redirects: leg.visited.slice(1),
      ...arrival.page,
    };
  };
}

type Arrival = { readonly page: ReadAnswer } | { readonly redirect: string };

async function travel(
  tools: FetchTools,
  request: FetchRequest,
  attempt: FetchTry,
  leg: Leg,
): Promise<Arrival> {
  const { deadline, visit } = attempt;
  const answer = await ask(tools, request, attempt, leg);
  const setCookies = answer.headers.filter(([name]) => name === "set-cookie");
  const isNews = visit.cookies.store(
    leg.url,
    setCookies.map(([, value]) => value),
  );
  const redirect = redirectOfAnswer(answer, leg, isNews);
  if (redirect !== null) {
    await withinTime(deadline, "body", discardBody(answer.body));
    return { redirect };
  }
  const page = await withinTime(
    deadline,
    "body",
    readAnswer(answer, { ...tools, signal: deadline.signal }),
  );
  const refresh = redirectOfPage(page, leg, isNews);
  return refresh === null ? { page } : { redirect: refresh };
}

/** The egress may name what was waited for before the deadline says only that the time is over. */
const HEAD_START_MS = 20;

async function ask(
  { egress, userAgent, connectTimeoutMs }: FetchTools,
  { proxy }: FetchRequest,
  { turn, deadline, visit }: FetchTry,
  leg: Leg,
): Promise<EgressAnswer> {
  const leftMs = Math.max(1, deadline.leftMs() - HEAD_START_MS);
  const answer = egress.request({
    url: leg.url,
    turn,
    headers: requestHeaders({
      userAgent,
      callerHeaders: leg.callerHeaders,
      cookies: visit.cookies.cookiesFor(leg.url),
    }),
    proxy,
    failedProxies: visit.failedProxies,
    connectTimeoutMs: Math.min(leftMs, connectTimeoutMs),
    headersTimeoutMs: leftMs,
    signal: deadline.signal,
  });
  return withinTime(deadline, "headers", namelessRefusal(leg, answer));
}

function waitForTurn(egress: Egress, leg: Leg, deadline: Deadline): Promise<HostTurn> {
  const turn = egress.waitForTurn(leg.url, deadline.signal);
  return withinTime(deadline, "total", namelessRefusal(leg, turn));
}

/** Where a redirect led to is not for the caller when it may not be asked: it may be an internal address. */
async function namelessRefusal<T>(leg: Leg, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isRefusal = cause instanceof PageError && cause.code === "INVALID_URL";
    if (!isRefusal || leg.visited.length === 1) throw cause;
    throw new PageError("INVALID_URL", {
      message: "The page redirects to an address that may not be asked.",
      details: { reason: cause.reason ?? "redirect" },
      cause,
    });
  }
}
