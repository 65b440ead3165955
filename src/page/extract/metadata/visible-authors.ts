import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import { isApart } from "./is-apart.ts";
import { nodeText } from "./node-text.ts";
import type { PageFacts } from "./page-facts.ts";
import { isSeenText, textFrom } from "./text-from.ts";

/** A byline is short; what is longer tells about the author. */
const MAX_LENGTH = 160;

const BYLINE_START =
  /^\s*(?:(?:written|posted|published|authored|story|article|words|text)\s+)?by(?:[:\s]|$)|^\s*(?:author|autor|auteur|autore|автор|作者|記者|记者|文)\s*[:：/／]|^\s*(?:von|par|por|geschrieben von|écrit par|publié par|escrito por|di|door|av|przez)\s+(?=\p{Lu})/iu;
/** Sentences begin with By too: "By joining you agree". */
const SENTENCE = /^[Bb]y:? \p{Ll}/u;

const AUTHOR_PATH =
  /\/(?:authors?|writers?|contributors?|producers?|reporters?|journalists?|columnists?|by|staff|autor(?:en|es)?|auteurs?|users?|members?|profile|people|u)\/[^/?#]+\/?(?:[?#]|$)/i;

/** Links that say that they lead to the author. */
export function* authorsOfRel({ tree, bylines }: PageFacts): Iterable<string> {
  for (const node of bylines) {
    const isAuthor =
      tree.tag[node] === Tag.A && /\bauthor\b/i.test(tree.attribute(node, "rel") ?? "");
    if (isAuthor) yield* shortText(tree, node);
  }
}

/** What the page's own style names an author. */
export function* authorsOfBylines({ tree, bylines }: PageFacts): Iterable<string> {
  for (const node of bylines) if (!isApart(tree, node)) yield* shortText(tree, node);
}

/** Texts after the heading that begin with By. */
export function* authorsOfTexts({ tree, headings }: PageFacts): Iterable<string> {
  for (let node = headings[0]?.node ?? 1; node < tree.size; node++) {
    if (!isSeenText(tree, node) || !BYLINE_START.test(tree.text(node))) continue;
    const text = textFrom(tree, node, MAX_LENGTH);
    if (text.length <= MAX_LENGTH && !SENTENCE.test(text)) yield text;
  }
}

/** Links after the heading to what the address calls an author's page. */
export function* authorsOfLinks({ tree, headings }: PageFacts): Iterable<string> {
  for (let node = headings[0]?.node ?? 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.A || !AUTHOR_PATH.test(tree.attribute(node, "href") ?? "")) continue;
    if (!isApart(tree, node)) yield* shortText(tree, node);
  }
}

function* shortText(tree: Tree, node: number): Iterable<string> {
  const text = nodeText(tree, node, MAX_LENGTH + 1);
  if (text !== "" && text.length <= MAX_LENGTH) yield text;
}
