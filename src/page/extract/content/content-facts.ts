import type { Tree } from "../../tree/tree.ts";
import { type Cards, findCards } from "./cards.ts";
import { findCopies } from "./copies.ts";
import { findHeadings, type Headings } from "./headings.ts";
import { readHints } from "./hints.ts";
import { readLooks } from "./looks.ts";
import { findMainNodes, type MainNodes } from "./main-nodes.ts";
import { closeHints, inheritHints, inheritMarkup, surroundBlocks } from "./surroundings.ts";
import { type Survey, surveyPage } from "./survey.ts";

/** All that is known of a page before its blocks are judged. Every column of the table of blocks reads from here. */
export interface ContentFacts {
  readonly tree: Tree;
  readonly survey: Survey;
  /** Hints of the elements close to each block. */
  readonly hintsClose: Uint32Array;
  /** Hints of each node and of everything around it. */
  readonly hintsAround: Uint32Array;
  /** As {@link readLooks} numbers them. */
  readonly looks: Int32Array;
  /** {@link Markup} bits of each node and of everything around it. */
  readonly markupAround: Uint32Array;
  /** The elements around each block, by steps. */
  readonly rings: readonly Int32Array[];
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
  const looks = readLooks(survey);
  return {
    tree,
    survey,
    hintsClose: closeHints(survey, hints),
    hintsAround,
    looks,
    markupAround: inheritMarkup(tree),
    rings: surroundBlocks(survey),
    main: findMainNodes(survey, hintsAround),
    headings: findHeadings(survey),
    cards: findCards(survey, looks),
    firstCopy: findCopies(survey),
  };
}
