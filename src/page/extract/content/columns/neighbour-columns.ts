import type { ContentFacts } from "../content-facts.ts";
import { isProse, sumBetween } from "../survey.ts";
import type { Column } from "./column.ts";
import { flag, grade, share } from "./scale.ts";

const NEIGHBOURS: readonly (readonly [name: string, distance: number])[] = [
  ["second before", -2],
  ["block before", -1],
  ["block after", 1],
  ["second after", 2],
];
/** Blocks on either side. */
const WINDOWS = [3, 8, 20];
const LONG = 1000;
/** Beyond the ends of a page; neither text nor links. */
const NO_NEIGHBOUR_LINKS = 0.5;

function isThere({ survey }: ContentFacts, block: number): boolean {
  return block >= 0 && block < survey.blocks.count;
}

function windowOf({ survey }: ContentFacts, block: number, reach: number) {
  const from = Math.max(0, block - reach);
  const to = Math.min(survey.blocks.count, block + reach + 1);
  return [from, to] as const;
}

/** What stands next to a block in the order of the page. */
export const NEIGHBOUR_COLUMNS: readonly Column[] = [
  ...NEIGHBOURS.flatMap(([name, distance]): Column[] => [
    {
      name: `${name} length`,
      says: `has a long ${name}`,
      of: ({ survey }, block) => grade(survey.blocks.length[block + distance] ?? 0, LONG),
    },
    {
      name: `${name} links`,
      says: `has links as ${name}`,
      of(facts, block) {
        if (!isThere(facts, block + distance)) return NO_NEIGHBOUR_LINKS;
        const { length, linkLength } = facts.survey.blocks;
        return share(linkLength[block + distance] ?? 0, length[block + distance] ?? 0);
      },
    },
    {
      name: `${name} prose`,
      says: `has prose as ${name}`,
      of: (facts, block) =>
        flag(isThere(facts, block + distance) && isProse(facts.survey.blocks, block + distance)),
    },
  ]),
  ...WINDOWS.flatMap((reach): Column[] => [
    {
      name: `links within ${reach}`,
      says: `has links within ${reach} blocks`,
      of(facts, block) {
        const { length, linkLength } = facts.survey.sums;
        const window = windowOf(facts, block, reach);
        return share(sumBetween(linkLength, ...window), sumBetween(length, ...window));
      },
    },
    {
      name: `prose within ${reach}`,
      says: `has prose within ${reach} blocks`,
      of(facts, block) {
        const { length, proseLength } = facts.survey.sums;
        const window = windowOf(facts, block, reach);
        return share(sumBetween(proseLength, ...window), sumBetween(length, ...window));
      },
    },
  ]),
];
