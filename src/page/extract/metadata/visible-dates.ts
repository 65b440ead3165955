import type { Tree } from "../../tree/tree.ts";
import { isApart } from "./is-apart.ts";
import { nodeText } from "./node-text.ts";
import type { PageFacts } from "./page-facts.ts";
import { isSeenText, textFrom } from "./text-from.ts";

const PUBLISHED_NAME = /publish|pub-?date|entry-date|post-date|posted|created|issued/i;
const MODIFIED_NAME = /updated|modified|edited/i;
/** Where a date stands that belongs to a heading: so many nodes before it and after it. */
const NODES_BEFORE = 60;
const NODES_AFTER = 250;
const MAX_MARK_LENGTH = 120;
const MAX_SAID = 20;
/** Texts of a page that are looked at for one that is a date and nothing else. */
const MAX_SHORT_TEXTS = 1000;

const TEXT_START =
  /^\s*(?:(?:first |originally |last )?(?:published|posted|updated|created|released|asked|date|on)\b|veröffentlicht|erschienen|erstellt|stand:|publié|publicado|publicada|pubblicato|gepubliceerd|geplaatst|publicer|udgivet|publisert|opublikowan|data publikacji|опубликован|дата|發布|发布|發表|发表|公開日|投稿日|更新日|掲載日|入力|입력|등록)/iu;

/** `time` elements: those called published, then those by the heading, then the first. */
export function* datesOfTimes(facts: PageFacts): Iterable<string> {
  const { tree } = facts;
  const times = facts.times.filter(
    (node) => !isApart(tree, node) && !MODIFIED_NAME.test(namesAround(tree, node)),
  );
  const named = times.filter(
    (node) =>
      tree.attribute(node, "pubdate") !== null || PUBLISHED_NAME.test(namesAround(tree, node)),
  );
  for (const node of [...named, ...byHeading(facts, times), ...times.slice(0, 1)]) {
    yield tree.attribute(node, "datetime") || nodeText(tree, node, MAX_MARK_LENGTH);
  }
}

/** What the page's own style names a date: by the heading, then called published, then any. */
export function* datesOfMarks(facts: PageFacts): Iterable<string> {
  const { tree } = facts;
  const marks = facts.dateMarks.filter((node) => !isApart(tree, node));
  const named = marks.filter((node) => PUBLISHED_NAME.test(namesOf(tree, node)));
  for (const node of [...byHeading(facts, marks), ...named, ...marks]) {
    const text = tree.attribute(node, "datetime") ?? nodeText(tree, node, MAX_MARK_LENGTH + 1);
    if (text.length <= MAX_MARK_LENGTH) yield text;
  }
}

/** Short texts: those with a number by the heading, those that say they are a date, then any that is nothing else. */
export function* datesOfTexts(facts: PageFacts): Iterable<string> {
  const { tree } = facts;
  const texts = seenTexts(tree);
  for (const node of byHeading(facts, texts)) {
    if (/\d/.test(tree.text(node))) yield* shortText(tree, node);
  }
  const said = texts.filter((node) => TEXT_START.test(tree.text(node)));
  for (const node of said.slice(0, MAX_SAID)) yield* shortText(tree, node);
  for (const node of texts
    .filter((text) => isShortWithNumber(tree, text))
    .slice(0, MAX_SHORT_TEXTS)) {
    if (!isApart(tree, node)) yield tree.text(node);
  }
}

function* shortText(tree: Tree, node: number): Iterable<string> {
  const text = textFrom(tree, node, MAX_MARK_LENGTH);
  if (text.length <= MAX_MARK_LENGTH) yield text;
}

function isShortWithNumber(tree: Tree, node: number): boolean {
  const text = tree.text(node);
  const { length } = text.trim();
  return length >= 6 && length < 30 && /\d/.test(text);
}

function seenTexts(tree: Tree): readonly number[] {
  const nodes: number[] = [];
  for (let node = 1; node < tree.size; node++) if (isSeenText(tree, node)) nodes.push(node);
  return nodes;
}

/** Those of the nodes that stand by the page's heading, those after it first. */
function byHeading({ headings }: PageFacts, nodes: readonly number[]): readonly number[] {
  const heading = headings[0]?.node;
  if (heading === undefined) return [];
  const after = nodes.filter((node) => node >= heading && node <= heading + NODES_AFTER);
  const before = nodes.filter((node) => node < heading && node >= heading - NODES_BEFORE);
  return [...after, ...before.reverse()];
}

function namesAround(tree: Tree, node: number): string {
  return `${namesOf(tree, node)} ${namesOf(tree, tree.parent[node] ?? 0)}`;
}

function namesOf(tree: Tree, node: number): string {
  return ["class", "id", "itemprop"].map((name) => tree.attribute(node, name) ?? "").join(" ");
}
