import { Hint } from "../hints.ts";
import { totalOf } from "../survey.ts";
import type { Picks } from "./picks.ts";

/** Words of a page, its menus included. */
const MOST_WORDS = 150;
/** What frames a page, whatever its content. */
const FRAME =
  Hint.NAVIGATION |
  Hint.FOOTER |
  Hint.CONSENT |
  Hint.OVERLAY |
  Hint.SHARE |
  Hint.ADVERTISEMENT |
  Hint.BREADCRUMB |
  Hint.PAGER |
  Hint.ACCOUNT |
  Hint.ASIDE |
  Hint.UNSEEN;

/** Picks all of a short page but its frame. */
export function takeShortPage({ content, picked }: Picks): void {
  const { survey, hintsAround } = content;
  if (totalOf(survey, survey.sums.words) > MOST_WORDS) return;
  for (let block = 0; block < picked.length; block++) {
    const hints = hintsAround[survey.blocks.owner[block] ?? 0] ?? 0;
    picked[block] = (hints & FRAME) === 0 ? 1 : 0;
  }
}
