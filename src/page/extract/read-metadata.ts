import type { PageMetadata } from "../../contract/page.ts";
import type { Tree } from "../tree/tree.ts";
import { resolveUrl } from "../url/resolve-url.ts";
import { baseUrlOf } from "./base-url.ts";
import { chooseAuthor } from "./metadata/choose-author.ts";
import { chooseModified, choosePublished } from "./metadata/choose-dates.ts";
import { chooseLanguage } from "./metadata/choose-language.ts";
import { chooseTitle } from "./metadata/choose-title.ts";
import { chooseType } from "./metadata/choose-type.ts";
import { collectFacts } from "./metadata/collect-facts.ts";
import { asList, isJsonObject, type Json } from "./metadata/json.ts";
import { foldSpaces } from "./metadata/node-text.ts";
import type { PageFacts } from "./metadata/page-facts.ts";
import { textOf } from "./metadata/read-json-ld.ts";
import { namedSite } from "./metadata/site-names.ts";

/** What a page says of itself. Each field has its sources in a stated order, the surest first: see its chooser. */
export function readMetadata(tree: Tree, { url }: { readonly url: string }): PageMetadata {
  const facts = collectFacts(tree, url, baseUrlOf(tree, url));
  return {
    title: chooseTitle(facts),
    description: chooseText(facts, DESCRIPTION_METAS, "description", 2000),
    author: chooseAuthor(facts),
    publishedAt: choosePublished(facts),
    modifiedAt: chooseModified(facts),
    language: chooseLanguage(facts),
    siteName: bounded(namedSite(facts), 200),
    canonicalUrl: chooseCanonical(facts),
    image: chooseImage(facts),
    type: chooseType(facts),
  };
}

const DESCRIPTION_METAS = [
  "description",
  "og:description",
  "twitter:description",
  "dc.description",
  "sailthru.description",
];

const IMAGE_METAS = [
  "og:image:secure_url",
  "og:image",
  "og:image:url",
  "twitter:image",
  "twitter:image:src",
  "image",
  "thumbnail",
];

function chooseText(
  { metas, things }: PageFacts,
  names: readonly string[],
  key: string,
  maxLength: number,
): string | null {
  const texts = [
    ...names.map((name) => metas.get(name)?.[0] ?? ""),
    ...things.map((thing) => textOf(thing[key])),
  ];
  return bounded(texts.map(foldSpaces).find((text) => text !== "") ?? null, maxLength);
}

function bounded(text: string | null, maxLength: number): string | null {
  const folded = text === null ? "" : foldSpaces(text);
  return folded === "" ? null : folded.slice(0, maxLength).toWellFormed();
}

function chooseCanonical({ links, metas, baseUrl }: PageFacts): string | null {
  const written = [...(links.get("canonical") ?? []), ...(metas.get("og:url") ?? [])];
  return firstAddress(baseUrl, written);
}

function chooseImage({ metas, links, things, baseUrl }: PageFacts): string | null {
  const written = [
    ...IMAGE_METAS.flatMap((name) => metas.get(name) ?? []),
    ...things.flatMap((thing) => asList(thing["image"]).map(imageAddress)),
    ...(links.get("image_src") ?? []),
  ];
  return firstAddress(baseUrl, written);
}

function imageAddress(image: Json): string {
  if (!isJsonObject(image)) return textOf(image);
  return textOf(image["url"] ?? image["contentUrl"] ?? image["@id"]);
}

function firstAddress(baseUrl: string, written: readonly string[]): string | null {
  for (const href of written) {
    const address = href.trim() === "" ? null : resolveUrl(baseUrl, href.trim());
    if (address !== null && address.length <= MAX_ADDRESS_LENGTH) return address;
  }
  return null;
}

const MAX_ADDRESS_LENGTH = 4096;
