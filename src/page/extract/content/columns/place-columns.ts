import type { ContentFacts } from "../content-facts.ts";
import { Hint } from "../hints.ts";
import type { Column } from "./column.ts";
import { flag } from "./scale.ts";

function hintsAround({ survey, hintsAround: around }: ContentFacts, block: number): number {
  return around[survey.blocks.owner[block] ?? 0] ?? 0;
}

/** What the place is called that a block stands in: two columns for each kind of name. */
export const PLACE_COLUMNS: readonly Column[] = Object.entries(Hint).flatMap(
  ([key, hint]): Column[] => {
    const name = key.toLowerCase();
    return [
      {
        name: `close to ${name}`,
        says: `is close to what is called ${name}`,
        of: ({ hintsClose }, block) => flag(((hintsClose[block] ?? 0) & hint) > 0),
      },
      {
        name: `within ${name}`,
        says: `is within what is called ${name}`,
        of: (facts, block) => flag((hintsAround(facts, block) & hint) > 0),
      },
    ];
  },
);
