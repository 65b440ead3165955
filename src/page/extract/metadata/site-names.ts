import type { PageFacts } from "./page-facts.ts";
import { isOfType, textOf } from "./read-json-ld.ts";
import { keyOf } from "./words.ts";

/** Where a page says the name of its site, the surest first. */
export function namedSite(facts: PageFacts): string | null {
  const { metas, things } = facts;
  const names = [
    metas.get("og:site_name")?.[0],
    textOf(things.find((thing) => isOfType(thing, /^WebSite$/))?.["name"]),
    textOf(things.find((thing) => thing["publisher"] !== undefined)?.["publisher"]),
    metas.get("application-name")?.[0],
    metas.get("apple-mobile-web-app-title")?.[0],
    metas.get("dc.publisher")?.[0],
    textOf(things.find((thing) => isOfType(thing, /Organization$/))?.["name"]),
  ];
  return names.find((name) => name !== undefined && name !== "") ?? null;
}

/** A test for names of the page's site, as it is written in titles: by what the page says and by its host. */
export function siteNameTest(facts: PageFacts): (name: string) => boolean {
  const { metas, things } = facts;
  const names = [
    ...(metas.get("og:site_name") ?? []),
    ...(metas.get("application-name") ?? []),
    ...(metas.get("apple-mobile-web-app-title") ?? []),
    ...things
      .filter((thing) => isOfType(thing, /^WebSite$|Organization$/))
      .map((thing) => textOf(thing["name"])),
    ...things.map((thing) => textOf(thing["publisher"])),
  ];
  const keys = [...new Set(names.map(keyOf))].filter((key) => key !== "");
  const host = hostKey(facts.url);
  return (name) => {
    const key = keyOf(name);
    return key === "" || keys.some((site) => isAlike(key, site)) || isHost(key, host);
  };
}

/** Names are written with and without their additions: "Example", "Example.com", "The Example". */
function isAlike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.includes(short) && long.length < 1.6 * short.length;
}

function isHost(key: string, host: string): boolean {
  if (key.length < 3 || host.length < 3) return false;
  return host.includes(key) || (key.includes(host) && key.length < 1.8 * host.length);
}

/** The host's name without `www` and without its top level. */
function hostKey(url: string): string {
  const host = URL.parse(url)?.hostname ?? "";
  return host
    .replace(/^www\d?\./, "")
    .split(".")
    .slice(0, -1)
    .join("");
}
