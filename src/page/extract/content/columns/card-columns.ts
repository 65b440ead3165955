import type { CardGroup } from "../cards.ts";
import type { ContentFacts } from "../content-facts.ts";
import { totalOf } from "../survey.ts";
import type { Column } from "./column.ts";
import { flag, grade, share } from "./scale.ts";

const MANY_CARDS = 50;
const LONG_CARD = 1000;

type Which = "inner" | "outer";

function groupOf({ survey, cards }: ContentFacts, block: number, which: Which): CardGroup | null {
  return cards[which][survey.blocks.owner[block] ?? 0] ?? null;
}

/** What the elements in a row that look alike say about a block in one of them. */
export const CARD_COLUMNS: readonly Column[] = (["inner", "outer"] as const).flatMap(
  (which): Column[] => {
    const column = (
      name: string,
      says: string,
      of: (group: CardGroup, facts: ContentFacts) => number,
    ): Column => ({
      name: `${which} card ${name}`,
      says,
      of(facts, block) {
        const group = groupOf(facts, block, which);
        return group === null ? 0 : of(group, facts);
      },
    });
    return [
      column("here", `is in one of several alike (${which})`, () => flag(true)),
      column("count", `is in one of many alike (${which})`, ({ count }) =>
        grade(count, MANY_CARDS),
      ),
      column("links", `is in one of several links alike (${which})`, ({ linkLength, length }) =>
        share(linkLength, length),
      ),
      column("prose", `is among those alike that hold the prose (${which})`, (group, { survey }) =>
        share(group.proseLength, totalOf(survey, survey.sums.proseLength)),
      ),
      column("share", `is among those alike that hold the text (${which})`, (group, { survey }) =>
        share(group.length, totalOf(survey, survey.sums.length)),
      ),
      column("length", `is in one of several long ones alike (${which})`, ({ length, count }) =>
        grade(length / count, LONG_CARD),
      ),
    ];
  },
);
