import type { EgressAnswer } from "../../egress/egress.ts";
import { normalizeUrl, resolveUrl } from "../url/resolve-url.ts";
import { headerText } from "./header-text.ts";
import type { Leg } from "./leg.ts";
import type { ReadAnswer } from "./read-answer.ts";
import { findMetaRefresh, parseRefresh, type Refresh } from "./refresh.ts";

/** 300 and 304 name no address to go to; 305 and 306 are no longer in use. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer's headers lead, as a reference; null where they lead nowhere. */
export function redirectOfAnswer(
  answer: EgressAnswer,
  leg: Leg,
  setsCookies: boolean,
): string | null {
  if (REDIRECTS.has(answer.status)) {
    const location = headerText(findHeader(answer, "location") ?? "").trim();
    return location === "" ? null : location;
  }
  return refreshToFollow(answer.status, findHeader(answer, "refresh"), leg, setsCookies);
}

/** Where the page itself leads, by a meta refresh. */
export function redirectOfPage(page: ReadAnswer, leg: Leg, setsCookies: boolean): string | null {
  if (page.kind !== "html") return null;
  return refreshToFollow(page.status, findMetaRefresh(page.body), leg, setsCookies);
}

/** Error pages that promise to go on are what they are. */
function refreshToFollow(
  status: number,
  content: string | null,
  leg: Leg,
  setsCookies: boolean,
): string | null {
  if (content === null || status < 200 || status > 299) return null;
  const refresh = parseRefresh(headerText(content));
  if (refresh === null) return null;
  const reference = refresh.reference ?? leg.url.href;
  return showsNews(refresh, reference, leg, setsCookies) ? reference : null;
}

/** A page that only reloads, or goes back and forth with another, can be read as it is. */
function showsNews(refresh: Refresh, reference: string, leg: Leg, setsCookies: boolean): boolean {
  // Nobody can read what is gone at once: a loop of those is no page.
  if (refresh.reference !== null && refresh.delaySeconds === 0) return true;
  const target = resolveUrl(leg.url.href, reference);
  const visits = leg.visited.filter((url) => normalizeUrl(url) === target).length;
  // With a new cookie it may show something else, that once.
  return visits === 0 || (visits === 1 && setsCookies);
}

function findHeader({ headers }: EgressAnswer, wanted: string): string | null {
  return headers.find(([name]) => name === wanted)?.[1] ?? null;
}
