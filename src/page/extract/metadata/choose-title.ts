import type { PageFacts } from "./page-facts.ts";
import { isOfType, textOf } from "./read-json-ld.ts";
import { siteNameTest } from "./site-names.ts";
import { splitTitle } from "./split-title.ts";
import { holdsWords, keyOf, likeness, wordsOf } from "./words.ts";

const MAX_LENGTH = 500;
/** How like a title a heading must be to be the page's own. */
const MIN_LIKENESS = 0.4;
/** A heading that says the same as a piece of the title. */
const SAME = 0.9;
/** After a bar stands the site's name, unless it is a long sentence. */
const MAX_SITE_WORDS = 4;

type SiteTest = (name: string) => boolean;

/**
 * The page's own title. Its heading is what a visitor reads, so it is taken where a title of the head confirms it;
 * else the head's title, without the name of the site.
 */
export function chooseTitle(facts: PageFacts): string | null {
  const isSite = siteNameTest(facts);
  const own = withoutSite(facts.title, isSite);
  const shared = withoutSite(sharedTitle(facts), isSite);
  const titles = [own, shared].filter((title) => title !== "");
  const heading = confirmedHeading(headingsOf(facts, shared, isSite), titles);
  const title =
    heading ?? headTitle(facts, own, shared) ?? headingsOf(facts, shared, isSite)[0] ?? "";
  return title === "" ? null : title.slice(0, MAX_LENGTH).trim();
}

/** What is shown where the page is shared. */
function sharedTitle({ metas }: PageFacts): string {
  return metas.get("og:title")?.[0] ?? metas.get("twitter:title")?.[0] ?? "";
}

function headTitle(
  { title, metas, things }: PageFacts,
  own: string,
  shared: string,
): string | null {
  if (shared !== "" && (own === "" || holdsWords(title, shared))) return shared;
  if (own !== "") return own;
  const article = things.find((thing) => isOfType(thing, /Article$|Posting$|^Product$/));
  const others = [
    textOf(article?.["headline"] ?? article?.["name"]),
    metas.get("citation_title")?.[0],
    metas.get("dc.title")?.[0],
  ];
  return others.find((other) => other) ?? null;
}

/** The headings that may be the page's title: signs that link to them are cut off, the site's name is none. */
function headingsOf({ headings, title }: PageFacts, shared: string, isSite: SiteTest): string[] {
  const whole = keyOf(title);
  return headings
    .map(({ text }) => text.replace(/[\s¶#§]+$/, ""))
    .filter((text) => {
      const key = keyOf(text);
      // Blogs put their own name in a heading, and before the title of each page.
      const isRest = keyOf(shared) !== "" && whole === key + keyOf(shared);
      return key !== "" && !isRest && !(isSite(text) && likeness(text, shared || title) < SAME);
    });
}

function confirmedHeading(headings: readonly string[], titles: readonly string[]): string | null {
  const parts = titles.flatMap((title) => splitTitle(title).map((part) => part.text));
  const ranked = headings
    .map((text) => ({
      text,
      likeness: Math.max(0, ...titles.map((title) => likeness(text, title))),
      isPart: parts.some((part) => likeness(part, text) >= SAME),
      isHeld: titles.some((title) => holdsWords(title, text)),
    }))
    .sort((a, b) => b.likeness - a.likeness);
  const held = ranked.find(
    (heading) => heading.isHeld && (heading.isPart || heading.likeness >= MIN_LIKENESS),
  );
  const like = ranked.find((heading) => heading.likeness >= MIN_LIKENESS);
  return (held ?? like)?.text ?? null;
}

/** A title without the pieces at its ends that name the site. */
function withoutSite(title: string, isSite: SiteTest): string {
  const parts = splitTitle(title);
  let [from, to] = [0, parts.length];
  while (to - from > 1 && isSite(parts[to - 1]?.text ?? "")) to--;
  while (to - from > 1 && isSite(parts[from]?.text ?? "")) from++;
  const last = parts[to - 1];
  const isUnknownSite =
    to === parts.length &&
    to - from > 1 &&
    last?.sign.includes("|") === true &&
    wordsOf(last.text).length <= MAX_SITE_WORDS;
  if (isUnknownSite) to--;
  return title.slice(parts[from]?.start, parts[to - 1]?.end).trim();
}
