import { type ContextFacts, FAMILY_STEPS } from "../context-facts.ts";
import { BLOCK_COLUMNS } from "./block-columns.ts";
import type { Column } from "./column.ts";
import { flag, grade } from "./scale.ts";

const NEIGHBOURS: readonly (readonly [name: string, distance: number])[] = [
  ["second before", -2],
  ["block before", -1],
  ["block after", 1],
  ["second after", 2],
];
/** Blocks on either side. */
const WINDOWS = [2, 5, 12];
/** Leaning beyond the ends of a page. */
const NOTHING = -1;
const MANY_ALIKE = 150;
const MANY_WORDS = 3000;
/** Blocks to the next sure one at which more makes no difference. */
const FAR = 50;
const CLOSE = 10;

/** Questions of the first round that mean more when its answer is known. */
const ASKED_AGAIN: ReadonlySet<string> = new Set([
  ...["length", "prose", "short", "linked", "copy", "hidden", "title", "section links"],
  ...["heading 1", "heading 2", "heading 3", "main heading", "above main heading"],
  ...["paragraph", "list item", "table cell", "caption", "in preformatted text", "in a table"],
  ...["in scored", "in prose", "after prose", "inner card here"],
]);

function leaningOf({ leaning }: ContextFacts, block: number): number {
  return leaning[block] ?? 0;
}

function leaningAround({ leaning, weight }: ContextFacts, block: number, reach: number): number {
  const last = Math.min(leaning.length - 1, block + reach);
  let sum = 0;
  let weights = 0;
  for (let at = Math.max(0, block - reach); at <= last; at++) {
    if (at === block) continue;
    sum += (leaning[at] ?? 0) * (weight[at] ?? 0);
    weights += weight[at] ?? 0;
  }
  return weights > 0 ? sum / weights : (leaning[block] ?? 0);
}

function nearestSure({ sinceSure, untilSure }: ContextFacts, block: number): number {
  return Math.min(sinceSure[block] ?? 0, untilSure[block] ?? 0);
}

const CONTEXT: readonly Column<ContextFacts>[] = [
  { name: "leaning", says: "looks like content", of: leaningOf },
  {
    name: "good leaning",
    says: "looks very much like content",
    of: (facts, block) => Math.max(0, leaningOf(facts, block)),
  },
  ...NEIGHBOURS.map(
    ([name, distance]): Column<ContextFacts> => ({
      name: `${name} leaning`,
      says: `has content as ${name}`,
      of: ({ leaning }, block) => leaning[block + distance] ?? NOTHING,
    }),
  ),
  ...WINDOWS.map(
    (reach): Column<ContextFacts> => ({
      name: `leaning within ${reach}`,
      says: `has content within ${reach} blocks`,
      of: (facts, block) => leaningAround(facts, block, reach),
    }),
  ),
  ...FAMILY_STEPS.map(
    (steps, index): Column<ContextFacts> => ({
      name: `family ${steps}`,
      says: `has content in the same element, ${steps} out`,
      of: ({ familyLeaning }, block) => familyLeaning[index]?.[block] ?? 0,
    }),
  ),
  {
    name: "alike leaning",
    says: "looks like other blocks that are content",
    of: ({ alikeLeaning }, block) => alikeLeaning[block] ?? 0,
  },
  {
    name: "alike count",
    says: "looks like many other blocks",
    of: ({ alikeCount }, block) => grade(alikeCount[block] ?? 0, MANY_ALIKE),
  },
  {
    name: "alike leaning and count",
    says: "looks like many other blocks that are content",
    of: ({ alikeLeaning, alikeCount }, block) =>
      (alikeLeaning[block] ?? 0) * grade(alikeCount[block] ?? 0, MANY_ALIKE),
  },
  {
    name: "best leaning",
    says: "is on a page with content beyond doubt",
    of: ({ best }) => best,
  },
  {
    name: "relative leaning",
    says: "is among the best of the page",
    of: (facts, block) => leaningOf(facts, block) - facts.best,
  },
  {
    name: "expected share",
    says: "is on a page that is mostly content",
    of: ({ expectedShare }) => expectedShare,
  },
  {
    name: "sure share",
    says: "is on a page that is content beyond doubt",
    of: ({ sureShare }) => sureShare,
  },
  {
    name: "sure words",
    says: "is on a page with much sure content",
    of: ({ sureWords }) => grade(sureWords, MANY_WORDS),
  },
  {
    name: "since sure",
    says: "is far after the last sure content",
    of: ({ sinceSure }, block) => grade(sinceSure[block] ?? 0, FAR),
  },
  {
    name: "until sure",
    says: "is far before the next sure content",
    of: ({ untilSure }, block) => grade(untilSure[block] ?? 0, FAR),
  },
  {
    name: "nearest sure",
    says: "is far from sure content",
    of: (facts, block) => grade(nearestSure(facts, block), FAR),
  },
  {
    name: "nearest sure of many words",
    says: "is far from the sure content of a long page",
    of: (facts, block) =>
      grade(nearestSure(facts, block), FAR) * grade(facts.sureWords, MANY_WORDS),
  },
  {
    name: "between sure",
    says: "is between sure content",
    of: ({ sinceSure, untilSure }, block) =>
      flag((sinceSure[block] ?? 0) < CLOSE && (untilSure[block] ?? 0) < CLOSE),
  },
];

/** What is asked of a block once all blocks have been judged by themselves. */
export const CONTEXT_COLUMNS: readonly Column<ContextFacts>[] = [
  { name: "any", says: "is a block", of: () => 1 },
  ...CONTEXT,
  ...BLOCK_COLUMNS.filter(({ name }) => ASKED_AGAIN.has(name)).map(
    ({ name, says, of }): Column<ContextFacts> => ({
      name,
      says,
      of: ({ content }, block) => of(content, block),
    }),
  ),
];
