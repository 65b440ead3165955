/**
 * The address under which a page is known: absolute http or https, written as the WHATWG URL standard
 * serialises it, without a fragment. Null where it is no such address.
 */
export function normalizeUrl(url: string): string | null {
  return toAddress(URL.parse(url));
}

/** The normalised address that `href` names on a page at `base`; null where that is not http or https. */
export function resolveUrl(base: string, href: string): string | null {
  return toAddress(URL.parse(href, base));
}

/** As {@link resolveUrl}, for links that people follow: the fragment stays. */
export function resolveLink(base: string, href: string): string | null {
  const url = URL.parse(href, base);
  return isHttp(url) ? url.href : null;
}

export function isHttp(url: URL | null): url is URL {
  return url?.protocol === "https:" || url?.protocol === "http:";
}

function toAddress(url: URL | null): string | null {
  if (!isHttp(url)) return null;
  // Cut rather than cleared: an assignment to `hash` would parse the URL once more.
  const fragment = url.href.indexOf("#");
  return fragment === -1 ? url.href : url.href.slice(0, fragment);
}
