import type { ContentFacts } from "../content-facts.ts";
import { sumIn, totalOf } from "../survey.ts";
import { wider } from "../wider.ts";
import type { Column } from "./column.ts";
import { flag, share } from "./scale.ts";

/** How far out from a block its surroundings are looked at, each step an element that holds more text. */
const STEPS = [0, 1, 2, 3, 5];

function isIn({ survey, tree }: ContentFacts, block: number, node: number): boolean {
  const start = survey.blocks.start[block] ?? 0;
  return node > 0 && start >= node && start < (tree.end[node] ?? 0);
}

function comesBefore({ survey }: ContentFacts, block: number, node: number): boolean {
  return node > 0 && (survey.blocks.start[block] ?? 0) < node;
}

function comesAfter({ survey, tree }: ContentFacts, block: number, node: number): boolean {
  return node > 0 && (survey.blocks.start[block] ?? 0) >= (tree.end[node] ?? 0);
}

function aroundBlock({ rings }: ContentFacts, block: number, steps: number): number {
  return rings[steps]?.[block] ?? 0;
}

const SURROUNDINGS: readonly Column[] = STEPS.flatMap((steps): Column[] => [
  {
    name: `prose around ${steps}`,
    says: `has much of the page's prose around it, ${steps} steps out`,
    of(facts, block) {
      const { survey } = facts;
      const { proseLength } = survey.sums;
      const node = aroundBlock(facts, block, steps);
      return share(sumIn(survey, proseLength, node), totalOf(survey, proseLength));
    },
  },
  {
    name: `links around ${steps}`,
    says: `has links around it, ${steps} steps out`,
    of(facts, block) {
      const { survey } = facts;
      const node = aroundBlock(facts, block, steps);
      const { length, linkLength } = survey.sums;
      return share(sumIn(survey, linkLength, node), sumIn(survey, length, node));
    },
  },
]);

/** Where a block stands as seen from the elements that are likely to hold the content. */
export const MAIN_COLUMNS: readonly Column[] = [
  ...SURROUNDINGS,
  {
    name: "in scored",
    says: "is in the element with the best texts",
    of: (facts, block) => flag(isIn(facts, block, facts.main.scored)),
  },
  {
    name: "around scored",
    says: "is around the element with the best texts",
    of: (facts, block) => flag(isIn(facts, block, wider(facts.survey, facts.main.scored, 1))),
  },
  {
    name: "far around scored",
    says: "is in the wider surroundings of the element with the best texts",
    of: (facts, block) => flag(isIn(facts, block, wider(facts.survey, facts.main.scored, 2))),
  },
  {
    name: "before scored",
    says: "comes before the element with the best texts",
    of: (facts, block) => flag(comesBefore(facts, block, facts.main.scored)),
  },
  {
    name: "after scored",
    says: "comes after the element with the best texts",
    of: (facts, block) => flag(comesAfter(facts, block, facts.main.scored)),
  },
  {
    name: "in prose",
    says: "is in the element that holds most of the prose",
    of: (facts, block) => flag(isIn(facts, block, facts.main.prose)),
  },
  {
    name: "around prose",
    says: "is around the element that holds most of the prose",
    of: (facts, block) => flag(isIn(facts, block, wider(facts.survey, facts.main.prose, 1))),
  },
  {
    name: "before prose",
    says: "comes before the element that holds most of the prose",
    of: (facts, block) => flag(comesBefore(facts, block, facts.main.prose)),
  },
  {
    name: "after prose",
    says: "comes after the element that holds most of the prose",
    of: (facts, block) => flag(comesAfter(facts, block, facts.main.prose)),
  },
  {
    name: "before first prose",
    says: "comes before the first prose",
    of: ({ main }, block) => flag(block < main.firstProse),
  },
  {
    name: "after last prose",
    says: "comes after the last prose",
    of: ({ main }, block) => flag(block > main.lastProse),
  },
];
