import { CookieJar as Jar } from "tough-cookie";

/** The cookies of one page: redirects and tries share them, pages don't. */
export interface CookieJar {
  /** For a `Cookie` header, names with values; empty where there are none. */
  cookiesFor(url: URL): readonly Cookie[];
  /** Takes over `Set-Cookie` headers; those that may not be set here are left out. True when any was set. */
  store(url: URL, headers: readonly string[]): boolean;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** Browsers refuse larger ones (RFC 6265 bis, section 5.6). */
const MAX_COOKIE_LENGTH = 4096;
/** Enough for any site, and few enough for the `Cookie` header to stay below what servers take. */
const MAX_COOKIES = 100;

export function createCookieJar(): CookieJar {
  // Made with the first cookie: most pages set none.
  let jar: Jar | null = null;
  let stored = 0;
  return {
    cookiesFor(url) {
      const cookies = jar?.getCookiesSync(url.href) ?? [];
      return cookies.map(({ key, value }) => ({ name: key, value }));
    },
    store(url, headers) {
      const before = stored;
      for (const header of headers) {
        if (header.length > MAX_COOKIE_LENGTH || stored >= MAX_COOKIES) continue;
        jar ??= new Jar(undefined, { looseMode: true });
        if (jar.setCookieSync(header, url.href, { ignoreError: true })) stored += 1;
      }
      return stored > before;
    },
  };
}
