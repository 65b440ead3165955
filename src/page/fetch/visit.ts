import { type CookieJar, createCookieJar } from "./cookie-jar.ts";

/** What is kept from one try of a page to the next. */
export interface Visit {
  readonly cookies: CookieJar;
  readonly failedProxies: Set<string>;
}

export function startVisit(): Visit {
  return { cookies: createCookieJar(), failedProxies: new Set() };
}
