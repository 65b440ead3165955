import { Tag } from "../../tree/tag.ts";
import { NodeFlag, type Tree } from "../../tree/tree.ts";
import { foldSpaces, nodeText } from "./node-text.ts";
import type { Heading, PageFacts } from "./page-facts.ts";
import { readJsonLd } from "./read-json-ld.ts";

const MAX_ITEMS = 500;
const MAX_VALUE_LENGTH = 5000;
const MAX_HEADING_LENGTH = 500;

const BYLINE =
  /author(?!i[sz]|ity|ities)|by-?line|(?:^|[\s_-])(?:writer|contributor|creator|reporter|columnist|journalist|user-?name|poster|autor|auteur|autore|redakteur|verfasser)s?(?:$|[\s_-])|(?:user|display|member)-?name(?:$|[\s_-])/i;
const DATE_MARK =
  /(?:^|[\s_-])(?:date|dates|published|pubdate|pub-date|datetime|date-time|timestamp|posted|post-meta|entry-meta|meta|updated|time|datum|fecha|data)(?:$|[\s_-])|(?:published|publish|posted|created|pub|post|entry|article)-?(?:date|time|on|at)|(?:Date|Published|Timestamp)/;

const Mark = { BYLINE: 1, DATE: 2 } as const;

/** Gathers in one pass what the metadata of a page is chosen from. */
export function collectFacts(tree: Tree, url: string, baseUrl: string): PageFacts {
  return new FactCollector(tree).collect(url, baseUrl);
}

class FactCollector {
  readonly #tree: Tree;
  readonly #metas = new Map<string, string[]>();
  readonly #links = new Map<string, string[]>();
  readonly #properties = new Map<string, number[]>();
  readonly #scripts: string[] = [];
  readonly #headings: Heading[] = [];
  readonly #times: number[] = [];
  readonly #bylines: number[] = [];
  readonly #dateMarks: number[] = [];
  /** {@link Mark} bits of each class attribute, by number. */
  readonly #marksOfClass: readonly number[];
  #title = "";
  #language = "";

  constructor(tree: Tree) {
    this.#tree = tree;
    this.#marksOfClass = tree.classes().values.map(marksOf);
  }

  collect(url: string, baseUrl: string): PageFacts {
    for (let node = 1; node < this.#tree.size; node++) {
      if (this.#tree.tag[node] !== Tag.TEXT) this.#element(node);
    }
    return {
      tree: this.#tree,
      url,
      baseUrl,
      metas: this.#metas,
      links: this.#links,
      things: readJsonLd(this.#scripts),
      title: this.#title,
      headings: this.#headings,
      properties: this.#properties,
      times: this.#times,
      bylines: this.#bylines,
      dateMarks: this.#dateMarks,
      language: this.#language,
    };
  }

  #element(node: number): void {
    const tree = this.#tree;
    const tag = tree.tag[node];
    if (tag === Tag.META) this.#meta(node);
    else if (tag === Tag.LINK) this.#link(node);
    else if (tag === Tag.SCRIPT) this.#script(node);
    else if (tag === Tag.TITLE) this.#readTitle(node);
    else if (tag === Tag.HTML) this.#readLanguage(node);
    else this.#content(node, tag);
  }

  #content(node: number, tag: number | undefined): void {
    if (tag === Tag.H1) this.#heading(node);
    if (tag === Tag.TIME && this.#times.length < MAX_ITEMS) this.#times.push(node);
    this.#marks(node);
  }

  #readLanguage(node: number): void {
    const tree = this.#tree;
    this.#language ||= tree.attribute(node, "lang") ?? tree.attribute(node, "xml:lang") ?? "";
  }

  #meta(node: number): void {
    const tree = this.#tree;
    const content = foldSpaces((tree.attribute(node, "content") ?? "").slice(0, MAX_VALUE_LENGTH));
    if (content === "") return;
    for (const attribute of ["property", "name", "itemprop", "http-equiv"]) {
      const name = tree.attribute(node, attribute)?.trim().toLowerCase();
      if (name) addTo(this.#metas, name, content);
    }
  }

  #link(node: number): void {
    const href = this.#tree.attribute(node, "href");
    if (!href) return;
    const rel = this.#tree.attribute(node, "rel") ?? "";
    for (const word of rel.toLowerCase().split(/\s+/)) if (word) addTo(this.#links, word, href);
  }

  #script(node: number): void {
    if (!/ld\+json/i.test(this.#tree.attribute(node, "type") ?? "")) return;
    const text = this.#tree.text(node + 1);
    if (text !== "") this.#scripts.push(text);
  }

  /** Pictures in SVG have titles too. */
  #readTitle(node: number): void {
    if (this.#title !== "" || (this.#tree.flags[node] ?? 0) & NodeFlag.FOREIGN) return;
    this.#title = foldSpaces(this.#tree.text(node + 1)).slice(0, MAX_VALUE_LENGTH);
  }

  #heading(node: number): void {
    if ((this.#tree.flags[node] ?? 0) & (NodeFlag.HIDDEN | NodeFlag.TEMPLATE)) return;
    const text = nodeText(this.#tree, node, MAX_HEADING_LENGTH);
    if (text !== "" && this.#headings.length < MAX_ITEMS) this.#headings.push({ node, text });
  }

  #marks(node: number): void {
    const tree = this.#tree;
    const property = tree.attribute(node, "itemprop") ?? tree.attribute(node, "property");
    if (property !== null) {
      for (const name of property.toLowerCase().split(/\s+/)) {
        addTo(this.#properties, name.replace(/^.*[:/#]/, ""), node);
      }
    }
    const marks = this.#marksOfNames(node);
    if (marks & Mark.BYLINE && this.#bylines.length < MAX_ITEMS) this.#bylines.push(node);
    if (marks & Mark.DATE && this.#dateMarks.length < MAX_ITEMS) this.#dateMarks.push(node);
  }

  #marksOfNames(node: number): number {
    const tree = this.#tree;
    const rel = tree.tag[node] === Tag.A ? tree.attribute(node, "rel") : null;
    const ofClass = this.#marksOfClass[tree.classes().of[node] ?? 0] ?? 0;
    return ofClass | marksOf(tree.attribute(node, "id") ?? "") | marksOf(rel ?? "");
  }
}

function marksOf(names: string): number {
  if (names === "") return 0;
  return (BYLINE.test(names) ? Mark.BYLINE : 0) | (DATE_MARK.test(names) ? Mark.DATE : 0);
}

function addTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else if (values.length < MAX_ITEMS) values.push(value);
}
