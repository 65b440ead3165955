import type { XmlElement } from "../../tree/parse-xml.ts";
import type { Block, Document, Inline, ListItem } from "../document.ts";
import type { Addresses } from "../read/addresses.ts";
import { elementsOf, localName, xmlText } from "./xml-reading.ts";

const MAX_ITEMS = 5000;
const ADDRESS = /^https?:\/\/\S+$/i;

/** XML of no kind that is known: an element with several children of one name is a list, others are their text. */
export function readPlainXml(document: XmlElement, addresses: Addresses): Document {
  const blocks: Block[] = [];
  for (const element of elementsOf(document)) addBlocks(element, addresses, blocks);
  return blocks;
}

function addBlocks(element: XmlElement, addresses: Addresses, blocks: Block[]): void {
  const children = elementsOf(element);
  if (children.length === 0) {
    const content = readText(xmlText(element), addresses);
    if (content.length > 0) blocks.push({ kind: "paragraph", content });
    return;
  }
  const entries = repeated(children);
  for (const child of children) if (!entries.includes(child)) addBlocks(child, addresses, blocks);
  const items = entries.slice(0, MAX_ITEMS).map((entry) => readEntry(entry, addresses));
  const filled = items.filter((item) => item.blocks.length > 0);
  if (filled.length > 0) blocks.push({ kind: "list", start: null, loose: false, items: filled });
}

/** The children that make a list: those of the name that most of them have. */
function repeated(children: readonly XmlElement[]): readonly XmlElement[] {
  const byName = Map.groupBy(children, localName);
  const [largest = []] = [...byName.values()].sort((a, b) => b.length - a.length);
  return largest.length > 1 ? largest : [];
}

/** An entry on one line: the texts of its elements. */
function readEntry(entry: XmlElement, addresses: Addresses): ListItem {
  const content = leavesOf(entry).flatMap((text, index) => {
    const inlines = readText(text, addresses);
    return index > 0 && inlines.length > 0
      ? [{ kind: "text", text: " · " } as const, ...inlines]
      : inlines;
  });
  return { done: null, blocks: content.length > 0 ? [{ kind: "paragraph", content }] : [] };
}

function leavesOf(element: XmlElement): readonly string[] {
  const children = elementsOf(element);
  const texts = children.length === 0 ? [xmlText(element)] : children.flatMap(leavesOf);
  return texts.filter((text) => text.trim() !== "");
}

function readText(text: string, addresses: Addresses): readonly Inline[] {
  const folded = text.replace(/\s+/g, " ").trim();
  if (folded === "") return [];
  const href = ADDRESS.test(folded) ? addresses.link(folded) : null;
  const content = [{ kind: "text", text: folded }] as const;
  return href === null ? content : [{ kind: "link", href, title: "", content }];
}
