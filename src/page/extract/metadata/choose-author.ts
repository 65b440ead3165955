import type { Tree } from "../../tree/tree.ts";
import { chooseType } from "./choose-type.ts";
import { cleanAuthor } from "./clean-author.ts";
import { asList, isJsonObject, type Json } from "./json.ts";
import { nodeText } from "./node-text.ts";
import type { PageFacts } from "./page-facts.ts";
import { isOfType, textOf } from "./read-json-ld.ts";
import { siteNameTest } from "./site-names.ts";
import {
  authorsOfBylines,
  authorsOfLinks,
  authorsOfRel,
  authorsOfTexts,
} from "./visible-authors.ts";

interface AuthorSource {
  /** Texts that may hold the author, the likeliest first. */
  readonly read: (facts: PageFacts) => Iterable<string>;
  readonly why: string;
  /** Guesses by what stands about: not on pages that sell something, where reviews have authors. */
  readonly isGuess?: true;
}

const META_NAMES = [
  "citation_author",
  "parsely-author",
  "sailthru.author",
  "dc.creator",
  "dcterms.creator",
  "dc:creator",
  "author",
  "article:author",
  "article:author_name",
  "og:author",
  "book:author",
  "byl",
  "bylines",
];

/** Where a page names its author, the surest first. */
const SOURCES: readonly AuthorSource[] = [
  { read: fromThings, why: "written for machines, and about this article" },
  { read: fromMetas, why: "written for machines; some sites put their own name there" },
  { read: fromTwitterCard, why: "what is shown where the page is shared" },
  { read: fromProperties, why: "marked up where readers see it" },
  { read: authorsOfRel, why: "a link that says what it is" },
  { read: authorsOfBylines, isGuess: true, why: "named an author by the page's own style" },
  { read: authorsOfTexts, isGuess: true, why: "what begins with By" },
  { read: authorsOfLinks, isGuess: true, why: "a link to an author's page" },
  { read: fromDescription, why: "some descriptions are only a byline" },
];

/** A byline is short; what is longer tells about the author. */
const MAX_BYLINE_LENGTH = 160;
const MAX_TRIES = 30;

/** The authors of a page, joined with ", ". The name of the site counts only where nobody else is named. */
export function chooseAuthor(facts: PageFacts): string | null {
  const isSite = siteNameTest(facts);
  let site: string | null = null;
  const sells = chooseType(facts) === "product";
  for (const { read, isGuess } of SOURCES) {
    if (isGuess && sells) continue;
    let tries = 0;
    for (const text of read(facts)) {
      if (++tries > MAX_TRIES) break;
      const author = cleanAuthor(text);
      if (author !== null && !isSite(author)) return author;
      site ??= author;
    }
  }
  return site;
}

function fromThings({ things }: PageFacts): readonly string[] {
  const written = things.filter(
    (thing) => thing["author"] !== undefined || thing["creator"] !== undefined,
  );
  const articles = written.filter((thing) =>
    isOfType(thing, /Article$|Posting$|^Question$|Recipe|Review$|Page$/),
  );
  return [...articles, ...written].map((thing) => namesOf(thing["author"] ?? thing["creator"]));
}

function namesOf(value: Json | undefined): string {
  return asList(value)
    .map((item) => textOf(isJsonObject(item) ? (item["name"] ?? "") : item))
    .filter((name) => name !== "")
    .join("; ");
}

function fromMetas({ metas }: PageFacts): readonly string[] {
  return META_NAMES.map((name) =>
    (metas.get(name) ?? []).filter((text) => !/^https?:/i.test(text)).join("; "),
  ).filter((text) => text !== "");
}

/** Pairs of a label and its text. */
function fromTwitterCard({ metas }: PageFacts): readonly string[] {
  return ["1", "2"].flatMap((number) => {
    const label = metas.get(`twitter:label${number}`)?.[0] ?? "";
    return /written|author|by\b|geschrieben|écrit|autor|skrevet|verfasst/i.test(label)
      ? (metas.get(`twitter:data${number}`) ?? [])
      : [];
  });
}

function fromProperties({ tree, properties }: PageFacts): readonly string[] {
  return [...(properties.get("author") ?? []), ...(properties.get("creator") ?? [])].map((node) => {
    const end = tree.end[node] ?? node;
    const name = (properties.get("name") ?? []).find((inner) => node < inner && inner < end);
    return readMarked(tree, name ?? node);
  });
}

function readMarked(tree: Tree, node: number): string {
  return tree.attribute(node, "content") ?? nodeText(tree, node, MAX_BYLINE_LENGTH + 1);
}

function fromDescription({ metas }: PageFacts): readonly string[] {
  const description = metas.get("description")?.[0] ?? metas.get("og:description")?.[0] ?? "";
  const name =
    /\b(?:written )?by:? (\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3})(?=[.,\s]|$)/u.exec(
      description,
    )?.[1];
  return name === undefined || !/written by|^by /i.test(description)
    ? []
    : [name.replace(/\.$/, "")];
}
