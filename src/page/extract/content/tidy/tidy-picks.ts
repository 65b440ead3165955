import { addFigures } from "./add-figures.ts";
import { addHeadings } from "./add-headings.ts";
import { completeCode } from "./complete-code.ts";
import { completeLists } from "./complete-lists.ts";
import { completeTables } from "./complete-tables.ts";
import { completeTerms } from "./complete-terms.ts";
import { dropCopies } from "./drop-copies.ts";
import { dropHeadings } from "./drop-headings.ts";
import { dropIslands } from "./drop-islands.ts";
import type { Picks } from "./picks.ts";
import { takeShortPage } from "./take-short-page.ts";

interface TidyRule {
  readonly name: string;
  readonly why: string;
  readonly apply: (picks: Picks) => void;
}

/** In this order: what a rule leaves is what the next one sees. */
const TIDY_RULES: readonly TidyRule[] = [
  {
    name: "short pages",
    why: "among few words likelihoods tell little, and all that is not the page's frame is meant",
    apply: takeShortPage,
  },
  {
    name: "whole lists",
    why: "half a list says something else than the list",
    apply: completeLists,
  },
  {
    name: "whole code",
    why: "code that is cut does not run",
    apply: completeCode,
  },
  {
    name: "whole tables",
    why: "half a table says something else than the table",
    apply: completeTables,
  },
  {
    name: "names of things",
    why: "what is said of a thing means nothing without its name",
    apply: completeTerms,
  },
  {
    name: "figures",
    why: "a picture belongs to the text around it, and its caption to the picture",
    apply: addFigures,
  },
  {
    name: "headings of kept sections",
    why: "a text is hard to read without the heading that it stands under",
    apply: addHeadings,
  },
  {
    name: "headings of nothing",
    why: "the section that they announce is not content",
    apply: dropHeadings,
  },
  {
    name: "copies",
    why: "pages hold parts twice, for small and large screens",
    apply: dropCopies,
  },
  {
    name: "islands",
    why: "a few words far from all other content are there by chance",
    apply: dropIslands,
  },
];

/** Applies the rules, and says what each has changed. */
export function tidyPicks(picks: Picks): string[] {
  const notes: string[] = [];
  for (const { name, why, apply } of TIDY_RULES) {
    const before = picks.picked.slice();
    apply(picks);
    const changed = countChanged(before, picks.picked);
    if (changed > 0) notes.push(`${name}: ${changed} blocks changed, since ${why}`);
  }
  return notes;
}

function countChanged(before: Uint8Array, after: Uint8Array): number {
  let changed = 0;
  for (let block = 0; block < after.length; block++) {
    if (before[block] !== after[block]) changed += 1;
  }
  return changed;
}
