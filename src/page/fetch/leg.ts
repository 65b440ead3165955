import { PageError } from "../../contract/app-error.ts";
import { isSameOrigin } from "../url/is-same-origin.ts";
import { isHttp } from "../url/resolve-url.ts";

/** One address on the way to a page. */
export interface Leg {
  readonly url: URL;
  /** The caller's, while they may be sent: once dropped they stay dropped. */
  readonly callerHeaders: Readonly<Record<string, string>>;
  /** All addresses up to this one, in order. */
  readonly visited: readonly string[];
}

const MAX_REDIRECTS = 10;

interface FirstLeg {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function startLeg({ url, headers }: FirstLeg): Leg {
  return { url: new URL(url), callerHeaders: headers, visited: [url] };
}

/** @throws PageError INVALID_URL (`redirect`), NETWORK_ERROR (`too_many_redirects`) */
export function followRedirect(leg: Leg, reference: string): Leg {
  const url = URL.parse(reference, leg.url.href);
  if (!isHttp(url)) {
    throw new PageError("INVALID_URL", {
      message: "The page redirects to something that is not http or https.",
      details: { reason: "redirect" },
    });
  }
  if (leg.visited.length > MAX_REDIRECTS) {
    throw new PageError("NETWORK_ERROR", {
      message: `The page redirects more than ${MAX_REDIRECTS} times.`,
      details: { reason: "too_many_redirects" },
    });
  }
  // RFC 9110 section 10.2.2: a Location without a fragment inherits it.
  if (url.hash === "") url.hash = leg.url.hash;
  return {
    url,
    callerHeaders: isSameOrigin(leg.url, url) ? leg.callerHeaders : {},
    visited: [...leg.visited, url.href],
  };
}
