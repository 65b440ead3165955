import type { ContentFacts } from "../content-facts.ts";
import { sumIn, totalOf } from "../survey.ts";
import type { Column } from "./column.ts";
import { flag, grade, share } from "./scale.ts";

const FIRST_BLOCKS = 6;
/** Of a page's words. */
const TAIL = 0.15;
const MANY_BLOCKS = 1000;

function wordsBefore({ survey }: ContentFacts, block: number): number {
  return share(survey.sums.words[block] ?? 0, totalOf(survey, survey.sums.words));
}

/** Where on the page a block stands, and what page it is. */
export const PAGE_COLUMNS: readonly Column[] = [
  { name: "any", says: "is a block", of: () => 1 },
  { name: "position", says: "has much of the text before it", of: wordsBefore },
  {
    name: "block position",
    says: "has many of the blocks before it",
    of: ({ survey }, block) => block / survey.blocks.count,
  },
  { name: "start", says: "is at the start", of: (_, block) => flag(block < FIRST_BLOCKS) },
  {
    name: "tail",
    says: "is at the end",
    of: (facts, block) => Math.max(0, wordsBefore(facts, block) - (1 - TAIL)) / TAIL,
  },
  {
    name: "page prose",
    says: "is on a page of prose",
    of: ({ survey }) =>
      share(totalOf(survey, survey.sums.proseLength), totalOf(survey, survey.sums.length)),
  },
  {
    name: "page links",
    says: "is on a page of links",
    of: ({ survey }) =>
      share(totalOf(survey, survey.sums.linkLength), totalOf(survey, survey.sums.length)),
  },
  {
    name: "page blocks",
    says: "is on a page of many blocks",
    of: ({ survey }) => grade(survey.blocks.count, MANY_BLOCKS),
  },
  {
    name: "page scored prose",
    says: "is on a page whose best element holds the prose",
    of: ({ survey, main }) =>
      share(
        main.scored > 0 ? sumIn(survey, survey.sums.proseLength, main.scored) : 0,
        totalOf(survey, survey.sums.proseLength),
      ),
  },
  {
    name: "page scored length",
    says: "is on a page whose best element holds the text",
    of: ({ survey, main }) =>
      share(
        main.scored > 0 ? sumIn(survey, survey.sums.length, main.scored) : 0,
        totalOf(survey, survey.sums.length),
      ),
  },
  {
    name: "page heading",
    says: "is on a page with a main heading",
    of: ({ headings }) => flag(headings.main >= 0),
  },
];
