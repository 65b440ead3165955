import type { Cookie } from "./cookie-jar.ts";

interface HeaderSources {
  readonly userAgent: string;
  /** Empty where they may not go. */
  readonly callerHeaders: Readonly<Record<string, string>>;
  readonly cookies: readonly Cookie[];
}

type Headers = (readonly [name: string, value: string])[];

/**
 * What a page is asked with. The caller's headers replace ours of the same name; the jar's cookies replace
 * those of the caller that the site has set anew.
 */
export function requestHeaders({ userAgent, callerHeaders, cookies }: HeaderSources): Headers {
  const headers = new Map<string, readonly [string, string]>();
  for (const [name, value] of [...browserHeaders(userAgent), ...Object.entries(callerHeaders)]) {
    headers.set(name.toLowerCase(), [name, value]);
  }
  const cookie = joinCookies(headers.get("cookie")?.[1] ?? "", cookies);
  if (cookie !== "") headers.set("cookie", ["Cookie", cookie]);
  return [...headers.values()];
}

/** In the order in which browsers send them; without client hints, which would have to fit the User-Agent. */
function browserHeaders(userAgent: string): Headers {
  return [
    ["User-Agent", userAgent],
    ["Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
    ["Accept-Language", "en-US,en;q=0.9"],
    // Not br: Node's decoder is not to be trusted, and ours is slow (see decode-brotli.ts).
    ["Accept-Encoding", "gzip, deflate, zstd"],
    ["Upgrade-Insecure-Requests", "1"],
  ];
}

function joinCookies(callerCookies: string, cookies: readonly Cookie[]): string {
  const setAnew = new Set(cookies.map(({ name }) => name));
  const kept = callerCookies
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "" && !setAnew.has(pair.split("=", 1)[0]?.trim() ?? ""));
  return [...kept, ...cookies.map(toPair)].join("; ");
}

function toPair({ name, value }: Cookie): string {
  return name === "" ? value : `${name}=${value}`;
}
