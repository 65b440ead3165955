import type { ContentFacts } from "../content-facts.ts";
import { sumBetween } from "../survey.ts";
import type { Column } from "./column.ts";
import { flag, grade, share } from "./scale.ts";

/** Blocks after the main heading that are just below it. */
const JUST_BELOW = 5;
/** Blocks between a block and the main heading at which more makes no difference. */
const FAR = 400;
const LONG_SECTION = 3000;

const LEVELS: readonly (readonly [name: string, from: number, to: number])[] = [
  ["heading 1", 1, 1],
  ["heading 2", 2, 2],
  ["heading 3", 3, 3],
  ["heading 4 to 6", 4, 6],
];

const isHeading = ({ headings }: ContentFacts, block: number): boolean =>
  (headings.level[block] ?? 0) > 0;

/** The blocks under the heading that a block is, or stands under. */
function sectionOf(facts: ContentFacts, block: number): readonly [from: number, to: number] {
  const { before, after } = facts.headings;
  const from = isHeading(facts, block) ? block : (before[block] ?? -1);
  return [from + 1, after[block] ?? 0];
}

/** What headings say about a block, and where it stands as seen from the main one. */
export const HEADING_COLUMNS: readonly Column[] = [
  ...LEVELS.map(
    ([name, from, to]): Column => ({
      name,
      says: `is a ${name}`,
      of({ headings }, block) {
        const level = headings.level[block] ?? 0;
        return flag(level >= from && level <= to);
      },
    }),
  ),
  {
    name: "heading of nothing",
    says: "is a heading with nothing below",
    of: (facts, block) =>
      flag(isHeading(facts, block) && facts.headings.after[block] === block + 1),
  },
  {
    name: "title",
    says: "is in the page's title",
    of: ({ headings }, block) => headings.titleShare[block] ?? 0,
  },
  {
    name: "main heading",
    says: "is the main heading",
    of: ({ headings }, block) => flag(block === headings.main),
  },
  {
    name: "above main heading",
    says: "comes before the main heading",
    of: ({ headings }, block) => flag(headings.main >= 0 && block < headings.main),
  },
  {
    name: "just below main heading",
    says: "comes just after the main heading",
    of: ({ headings: { main } }, block) =>
      flag(main >= 0 && block > main && block <= main + JUST_BELOW),
  },
  {
    name: "below main heading",
    says: "comes after the main heading",
    of: ({ headings: { main } }, block) => flag(main >= 0 && block > main),
  },
  {
    name: "far from main heading",
    says: "is far from the main heading",
    of: ({ headings: { main } }, block) => (main < 0 ? 0.5 : grade(Math.abs(block - main), FAR)),
  },
  {
    name: "under a heading",
    says: "stands under a heading",
    of: ({ headings }, block) => flag((headings.before[block] ?? -1) >= 0),
  },
  {
    name: "section links",
    says: "is in a section of links",
    of(facts, block) {
      const { length, linkLength } = facts.survey.sums;
      const section = sectionOf(facts, block);
      return share(sumBetween(linkLength, ...section), sumBetween(length, ...section));
    },
  },
  {
    name: "section prose",
    says: "is in a section of prose",
    of(facts, block) {
      const { length, proseLength } = facts.survey.sums;
      const section = sectionOf(facts, block);
      return share(sumBetween(proseLength, ...section), sumBetween(length, ...section));
    },
  },
  {
    name: "section length",
    says: "is in a long section",
    of: (facts, block) =>
      grade(sumBetween(facts.survey.sums.length, ...sectionOf(facts, block)), LONG_SECTION),
  },
];
