import type { Tree } from "../../tree/tree.ts";
import { chooseType } from "./choose-type.ts";
import { nodeText } from "./node-text.ts";
import type { PageFacts } from "./page-facts.ts";
import { type NumericOrder, parseDate } from "./parse-date.ts";
import { isOfType, textOf } from "./read-json-ld.ts";
import { datesOfMarks, datesOfTexts, datesOfTimes } from "./visible-dates.ts";

interface DateSource {
  /** Texts that may hold the date, the likeliest first. */
  readonly read: (facts: PageFacts) => Iterable<string>;
  readonly why: string;
  /** Guesses by what stands about: not on pages that sell something, where reviews have dates. */
  readonly isGuess?: true;
}

const PUBLISHED_METAS = [
  "article:published_time",
  "article:published",
  "og:article:published_time",
  "og:published_time",
  "datepublished",
  "date_published",
  "publish-date",
  "publish_date",
  "publishdate",
  "published_time",
  "publication_date",
  "publicationdate",
  "pubdate",
  "parsely-pub-date",
  "sailthru.date",
  "citation_publication_date",
  "citation_online_date",
  "citation_date",
  "dc.date.issued",
  "dcterms.issued",
  "dc.date.created",
  "dcterms.created",
  "dc.date",
  "dcterms.date",
  "dc:date",
  "article.published",
  "article_date_original",
  "originalpublicationdate",
  "cxenseparse:recs:publishtime",
  "rnews:datepublished",
  "shareaholic:article_published_time",
  "datecreated",
  "date",
];

/** Names that sites made up for it. */
const LIKE_PUBLISHED =
  /publish(?:ed|ing)?[-_:.]?(?:date|time|on|at)$|date[-_:.]?published$|release[-_]?date$|creation[-_]?date$/;

const MODIFIED_METAS = [
  "article:modified_time",
  "og:updated_time",
  "datemodified",
  "dcterms.modified",
  "dc.date.modified",
  "last-modified",
  "lastmod",
  "article.updated",
  "revised",
];

/** Where a page says when it was published, the surest first. */
const PUBLISHED: readonly DateSource[] = [
  {
    read: (facts) => fromThings(facts, ["datePublished"]),
    why: "written for machines, and about this article",
  },
  { read: (facts) => fromMetas(facts, PUBLISHED_METAS), why: "written for machines" },
  {
    read: (facts) => fromProperties(facts, ["datepublished", "datecreated"]),
    why: "marked up where readers see it",
  },
  {
    read: (facts) => fromThings(facts, ["dateCreated", "uploadDate"]),
    why: "when there is no other, made is published",
  },
  {
    read: datesOfTimes,
    isGuess: true,
    why: "a time that the page calls published, or the first under its heading",
  },
  {
    read: datesOfMarks,
    isGuess: true,
    why: "named a date by the page's own style, near its heading",
  },
  { read: datesOfTexts, isGuess: true, why: "what begins with Published" },
  { read: fromUrl, why: "sites file articles by day" },
];

const MODIFIED: readonly DateSource[] = [
  {
    read: (facts) => fromThings(facts, ["dateModified"]),
    why: "written for machines, and about this article",
  },
  { read: (facts) => fromMetas(facts, MODIFIED_METAS), why: "written for machines" },
  {
    read: (facts) => fromProperties(facts, ["datemodified"]),
    why: "marked up where readers see it",
  },
];

export function choosePublished(facts: PageFacts): string | null {
  return firstDate(facts, PUBLISHED);
}

export function chooseModified(facts: PageFacts): string | null {
  return firstDate(facts, MODIFIED);
}

function firstDate(facts: PageFacts, sources: readonly DateSource[]): string | null {
  const order = numericOrder(facts.language);
  const sells = chooseType(facts) === "product";
  for (const { read, isGuess } of sources) {
    if (isGuess && sells) continue;
    for (const text of read(facts)) {
      const date = parseDate(text, order);
      if (date !== null) return date;
    }
  }
  return null;
}

/** Only the United States, and a few others with them, put the month first; a page in plain English is more often theirs. */
function numericOrder(language: string): NumericOrder {
  return /^(?:en(?:[-_]us)?|en[-_]ph|es[-_]us)$/i.test(language.trim())
    ? "month-first"
    : "day-first";
}

function fromThings({ things }: PageFacts, keys: readonly string[]): readonly string[] {
  const dated = things.filter((thing) => keys.some((key) => thing[key] !== undefined));
  const articles = dated.filter((thing) =>
    isOfType(thing, /Article$|Posting$|^Question$|Recipe|Report$|Review$/),
  );
  const chosen = articles.length > 0 ? articles : dated;
  return chosen
    .flatMap((thing) => keys.map((key) => textOf(thing[key])))
    .filter((text) => text !== "");
}

function fromMetas({ metas }: PageFacts, names: readonly string[]): readonly string[] {
  const others = [...metas.keys()].filter(
    (name) => names === PUBLISHED_METAS && LIKE_PUBLISHED.test(name),
  );
  return [...names, ...others].flatMap((name) => metas.get(name) ?? []);
}

function fromProperties(
  { tree, properties }: PageFacts,
  names: readonly string[],
): readonly string[] {
  return names.flatMap((name) => properties.get(name) ?? []).map((node) => readMarked(tree, node));
}

function readMarked(tree: Tree, node: number): string {
  return (
    tree.attribute(node, "content") ?? tree.attribute(node, "datetime") ?? nodeText(tree, node, 100)
  );
}

/** `/2024/05/03/`, or a month alone. */
function fromUrl({ url }: PageFacts): readonly string[] {
  const path = URL.parse(url)?.pathname ?? "";
  const [, year, month, day] =
    /\/((?:19|20)\d{2})[/-]?(\d{1,2})(?:[/-]?(\d{2}))?(?![\d])/.exec(path) ?? [];
  if (year === undefined || month === undefined) return [];
  return [[year, month.padStart(2, "0"), ...(day === undefined ? [] : [day])].join("-")];
}
