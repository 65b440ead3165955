import { Tag } from "../../../tree/tag.ts";
import { NodeFlag } from "../../../tree/tree.ts";
import type { ContentFacts } from "../content-facts.ts";
import { Markup } from "../surroundings.ts";
import type { Column } from "./column.ts";
import { flag } from "./scale.ts";

/** What kind of element a block stands in directly. */
const OWN_TAGS: readonly (readonly [name: string, tags: readonly number[]])[] = [
  ["paragraph", [Tag.P]],
  ["list item", [Tag.LI]],
  ["table cell", [Tag.TD, Tag.TH]],
  ["definition", [Tag.DT, Tag.DD]],
  ["caption", [Tag.FIGCAPTION]],
  ["bare block", [Tag.DIV]],
];

/** What kinds of elements are somewhere around it. */
const AROUND: readonly (readonly [name: string, markup: number])[] = [
  ["an item", Markup.ITEM],
  ["a table", Markup.TABLE],
  ["a form", Markup.FORM],
  ["a figure", Markup.FIGURE],
  ["preformatted text", Markup.PREFORMATTED],
  ["details", Markup.DETAILS],
  ["a quote", Markup.QUOTE],
  ["a button", Markup.BUTTON],
  ["a link", Markup.LINK],
  ["an article element", Markup.ARTICLE],
  ["a main element", Markup.MAIN],
  ["definitions", Markup.DEFINITIONS],
  ["a label", Markup.LABEL],
  ["a section", Markup.SECTION],
];

const FLAGS: readonly (readonly [name: string, flag: number])[] = [
  ["hidden", NodeFlag.HIDDEN],
  ["for browsers without scripts", NodeFlag.NOSCRIPT],
];

const ownerOf = ({ survey }: ContentFacts, block: number): number =>
  survey.blocks.owner[block] ?? 0;

/** A block in a link, a button or a label may hold it or stand in it. */
function markupOf({ survey, markupAround }: ContentFacts, block: number): number {
  return markupAround[survey.blocks.start[block] ?? 0] ?? 0;
}

export const MARKUP_COLUMNS: readonly Column[] = [
  ...OWN_TAGS.map(
    ([name, tags]): Column => ({
      name,
      says: `is a ${name}`,
      of: (facts, block) => flag(tags.includes(facts.tree.tag[ownerOf(facts, block)] ?? 0)),
    }),
  ),
  ...AROUND.map(
    ([name, markup]): Column => ({
      name: `in ${name}`,
      says: `is in ${name}`,
      of: (facts, block) => flag((markupOf(facts, block) & markup) > 0),
    }),
  ),
  ...FLAGS.map(
    ([name, bit]): Column => ({
      name,
      says: `is ${name}`,
      of: (facts, block) => flag(((facts.tree.flags[ownerOf(facts, block)] ?? 0) & bit) > 0),
    }),
  ),
];
