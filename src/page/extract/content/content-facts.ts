import type { Tree } from "../../tree/tree.ts";
import { type Cards, findCards } from "./cards.ts";
import { findCopies } from "./copies.ts";
import { findHeadings, type Headings } from "./headings.ts";
import { readHints } from "./hints.ts";
import { findMainNodes, type MainNodes } from "./main-nodes.ts";
import { inheritHints, inheritMarkup } from "./surroundings.ts";
import { type Survey, surveyPage } from "./survey.ts";

/** All that is known of a page before its blocks are judged. Every column of the table of blocks reads from here. */
export interface ContentFacts {
  readonly tree: Tree;
  readonly survey: Survey;
  /** Hints of each element itself. */
  readonly hints: Uint32Array;
  /** Hints of each node and of everything around it. */
  readonly hintsAround: Uint32Array;
  /** {@link Markup} bits of each node and of everything around it. */
  readonly markupAround: Uint32Array;
  readonly main: MainNodes;
  readonly headings: Headings;
  readonly cards: Cards;
  /** For each block, the first block with the same text; -1 where no other has it. */
  readonly firstCopy: Int32Array;
}

export function gatherFacts(tree: Tree): ContentFacts {
  const survey = surveyPage(tree);
  const hints = readHints(tree);
  const hintsAround = inheritHints(survey, hints);
  return {
    tree,
    survey,
    hints,
    hintsAround,
    markupAround: inheritMarkup(tree),
    main: findMainNodes(survey, hintsAround),
    headings: findHeadings(survey),
    cards: findCards(survey),
    firstCopy: findCopies(survey),
  };
}
