import { NO_METADATA, type PageMetadata } from "../../contract/page.ts";
import { parseXml } from "../tree/parse-xml.ts";
import { AddressRoom } from "../url/address-room.ts";
import { resolveUrl } from "../url/resolve-url.ts";
import { BlockWriter } from "./block-writer.ts";
import type { Document, Inline } from "./document.ts";
import { escapeHtml } from "./escape-html.ts";
import { longestRun } from "./markdown/longest-run.ts";
import { escapePlainText } from "./other/escape-plain-text.ts";
import { type Feed, feedDocument, readFeed } from "./other/read-feed.ts";
import { readPlainXml } from "./other/read-plain-xml.ts";
import { elementsOf } from "./other/xml-reading.ts";
import { outputLimit } from "./output-limit.ts";
import { Addresses } from "./read/addresses.ts";
import { toContentHtml } from "./to-content-html.ts";
import { toMarkdown } from "./to-markdown.ts";
import { toText } from "./to-text.ts";

/** What a page can be besides HTML. */
export type OtherType = "text" | "markdown" | "json" | "xml";

export interface OtherContent {
  readonly markdown: string;
  readonly text: string;
  readonly contentHtml: string;
  /** Absolute, without fragment, each once, in order. */
  readonly links: readonly string[];
  readonly page: PageMetadata;
}

/** A page that is no HTML, in the formats that HTML is given in. */
export function readOtherType(source: string, type: OtherType, url: string): OtherContent {
  switch (type) {
    case "text":
      return asWritten(source, escapePlainText(source), url);
    case "markdown":
      return {
        ...asWritten(source, source, url),
        page: { ...NO_METADATA, title: firstHeading(source) },
      };
    case "json":
      return { ...asWritten(source, fenced(source), url), links: [] };
    case "xml":
      return readXml(source, url);
  }
}

function asWritten(source: string, markdown: string, url: string): OtherContent {
  return {
    markdown,
    text: source,
    contentHtml: preformatted(source),
    links: resolveAll(addressesIn(source), url, source.length),
    page: NO_METADATA,
  };
}

function preformatted(source: string): string {
  const maxLength = outputLimit(source.length);
  const writer = new BlockWriter({ maxLength, omission: "<p>[…]</p>" });
  writer.within({ head: "<pre>", foot: "</pre>" }, () => writer.text(escapeHtml(source)));
  return writer.finish();
}

function firstHeading(markdown: string): string | null {
  return /^#[ \t]+(\S.{0,500})$/m.exec(markdown)?.[1]?.trim() ?? null;
}

function fenced(json: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(json, "`") + 1));
  return `${fence}json\n${json.trimEnd()}\n${fence}`;
}

function readXml(source: string, url: string): OtherContent {
  const xml = parseXml(source);
  if (elementsOf(xml).length === 0) return asWritten(source, escapePlainText(source), url);
  const addresses = new Addresses(url, new AddressRoom(source.length));
  const feed = readFeed(xml, addresses);
  const document = feed === null ? readPlainXml(xml, addresses) : feedDocument(feed);
  const limit = outputLimit(source.length);
  return {
    markdown: toMarkdown(document, limit),
    text: toText(document, limit),
    contentHtml: toContentHtml(document, limit),
    links: resolveAll(linksOf(document), url, source.length),
    page: feed === null ? NO_METADATA : feedMetadata(feed),
  };
}

function feedMetadata(feed: Feed): PageMetadata {
  return {
    ...NO_METADATA,
    title: feed.title || null,
    description: feed.description || null,
    author: feed.author || null,
    modifiedAt: feed.updated,
    language: feed.language || null,
    siteName: feed.title || null,
    canonicalUrl: feed.link,
    type: "listing",
  };
}

/** Addresses in running text: bare, in angle brackets, or as targets of Markdown's links. */
function addressesIn(text: string): readonly string[] {
  const found = text.matchAll(/\]\(\s*<?([^\s<>()]+)>?|https?:\/\/[^\s<>"'`\]]+/g);
  return [...found].map(([address, target]) => target ?? trimPunctuation(address));
}

/** A loop, since a pattern bound to the end of a text looks at long runs again and again. */
function trimPunctuation(address: string): string {
  let end = address.length;
  while (".,;:!?)}".includes(address.charAt(end - 1) || "x")) end--;
  return address.slice(0, end);
}

function resolveAll(
  addresses: readonly string[],
  url: string,
  sourceLength: number,
): readonly string[] {
  const room = new AddressRoom(sourceLength);
  const links = new Set<string>();
  for (const address of addresses) {
    const link = room.isFull ? null : resolveUrl(url, address);
    if (link !== null && !links.has(link) && room.take(link)) links.add(link);
  }
  return [...links];
}

function linksOf(document: Document): readonly string[] {
  return document.flatMap((block) => {
    if (block.kind === "list") return block.items.flatMap((item) => linksOf(item.blocks));
    if (block.kind === "paragraph" || block.kind === "heading") return inlineLinks(block.content);
    return "blocks" in block ? linksOf(block.blocks) : [];
  });
}

function inlineLinks(content: readonly Inline[]): readonly string[] {
  return content.flatMap((inline) => {
    if (inline.kind === "link") return [inline.href];
    return "content" in inline ? inlineLinks(inline.content) : [];
  });
}
