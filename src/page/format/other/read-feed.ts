import { parseHtml } from "../../tree/parse-html.ts";
import type { XmlElement } from "../../tree/parse-xml.ts";
import type { Block, Document, Inline, ListItem } from "../document.ts";
import type { Addresses } from "../read/addresses.ts";
import { readDocument } from "../read/read-document.ts";
import { childrenNamed, elementsOf, localName, textNamed, xmlText } from "./xml-reading.ts";

export interface Feed {
  readonly title: string;
  readonly description: string;
  readonly link: string | null;
  readonly language: string;
  readonly author: string;
  readonly updated: string | null;
  readonly entries: readonly FeedEntry[];
}

interface FeedEntry {
  readonly title: string;
  readonly link: string | null;
  readonly date: string | null;
  readonly author: string;
  readonly summary: Document;
}

const MAX_ENTRIES = 1000;

/** RSS 0.9 to 2.0 and Atom; null where the document is neither. */
export function readFeed(document: XmlElement, addresses: Addresses): Feed | null {
  const root = elementsOf(document).find((element) =>
    /^(?:rss|feed|rdf)$/.test(localName(element)),
  );
  if (!root) return null;
  const channel = childrenNamed(root, "channel")[0] ?? root;
  // RSS 1.0 keeps its items beside the channel.
  const entries = [
    ...childrenNamed(channel, "item", "entry"),
    ...(channel === root ? [] : childrenNamed(root, "item")),
  ];
  return {
    title: plainText(textNamed(channel, "title")),
    description: plainText(textNamed(channel, "description", "subtitle", "tagline")),
    link: linkOf(channel, addresses),
    language: textNamed(channel, "language") || (root.attributes["xml:lang"] ?? ""),
    author: authorOf(channel),
    updated: dateOf(channel),
    entries: entries.slice(0, MAX_ENTRIES).map((entry) => readEntry(entry, addresses)),
  };
}

function readEntry(entry: XmlElement, addresses: Addresses): FeedEntry {
  const link = linkOf(entry, addresses);
  return {
    title: plainText(textNamed(entry, "title")),
    link,
    date: dateOf(entry),
    author: authorOf(entry),
    summary: summaryOf(entry, link === null ? addresses : addresses.withBase(link)),
  };
}

/** Atom has several, told apart by `rel`. */
function linkOf(element: XmlElement, addresses: Addresses): string | null {
  const links = childrenNamed(element, "link");
  const main =
    links.find((link) => (link.attributes["rel"] ?? "alternate") === "alternate") ?? links[0];
  const written = main ? main.attributes["href"] || xmlText(main).trim() : "";
  const id = textNamed(element, "guid", "id");
  const href = written || (/^https?:/i.test(id) ? id : "");
  return href === "" ? null : addresses.link(href);
}

function authorOf(element: XmlElement): string {
  for (const author of childrenNamed(element, "creator", "author", "managingeditor")) {
    const name = textNamed(author, "name") || xmlText(author).replace(/\s+/g, " ").trim();
    // RSS asks for an address, with the name in parentheses.
    if (name !== "") return /^\S+@\S+ \((.+)\)$/.exec(name)?.[1] ?? name;
  }
  return "";
}

/** The day, since the names of zones in old feeds are not reliable to the hour. */
function dateOf(element: XmlElement): string | null {
  const text = textNamed(
    element,
    "pubdate",
    "published",
    "date",
    "updated",
    "lastbuilddate",
    "modified",
  );
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (iso !== undefined) return iso;
  if (!/(?:[+-]\d{4}|[A-Z]{1,3})$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

/** Summaries are HTML in XML: escaped, in CDATA, or as elements. */
function summaryOf(entry: XmlElement, addresses: Addresses): Document {
  const [summary] = childrenNamed(entry, "description", "summary", "encoded", "content");
  if (!summary) return [];
  const isPlain = summary.attributes["type"] === "text";
  const source = elementsOf(summary).length > 0 ? toHtml(summary) : xmlText(summary);
  return isPlain ? readHtml(escapeMarkup(source), addresses) : readHtml(source, addresses);
}

function readHtml(html: string, addresses: Addresses): Document {
  const tree = parseHtml(html);
  const keep = new Uint8Array(tree.size).fill(1);
  return readDocument({ tree, keep, root: 0, baseUrl: addresses.baseUrl }, addresses.room);
}

/** Titles may hold entities that were escaped twice, and tags. */
function plainText(text: string): string {
  if (!/[&<]/.test(text)) return text;
  const tree = parseHtml(text);
  let plain = "";
  for (let node = 1; node < tree.size; node++) plain += tree.text(node);
  return plain.replace(/\s+/g, " ").trim();
}

function toHtml(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === "string") return escapeMarkup(child);
      const attributes = Object.entries(child.attributes)
        .map(([name, value]) => ` ${name}="${escapeMarkup(value).replaceAll('"', "&quot;")}"`)
        .join("");
      return `<${localName(child)}${attributes}>${toHtml(child)}</${localName(child)}>`;
    })
    .join("");
}

function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A feed as a page: its title, what it is about, and a list of its entries. */
export function feedDocument(feed: Feed): Document {
  const blocks: Block[] = [];
  if (feed.title !== "")
    blocks.push({ kind: "heading", level: 1, content: linked(feed.title, feed.link) });
  if (feed.description !== "") blocks.push(paragraph([{ kind: "text", text: feed.description }]));
  const items = feed.entries.map(entryItem).filter((item) => item.blocks.length > 0);
  if (items.length > 0) blocks.push({ kind: "list", start: null, loose: true, items });
  return blocks;
}

function entryItem({ title, link, date, author, summary }: FeedEntry): ListItem {
  const head = linked(title === "" ? (link ?? "") : title, link);
  const facts = [date ?? "", author].filter((fact) => fact !== "").join(" · ");
  const blocks: Block[] = [];
  if (head.length > 0) blocks.push(paragraph(head));
  if (facts !== "") blocks.push(paragraph([{ kind: "text", text: facts }]));
  return { done: null, blocks: [...blocks, ...summary] };
}

function linked(text: string, href: string | null): readonly Inline[] {
  if (text === "") return [];
  const content: readonly Inline[] = [{ kind: "text", text }];
  return href === null ? content : [{ kind: "link", href, title: "", content }];
}

function paragraph(content: readonly Inline[]): Block {
  return { kind: "paragraph", content };
}
