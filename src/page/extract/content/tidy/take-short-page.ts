import { Hint } from "../hints.ts";
import { totalOf } from "../survey.ts";
import type { Picks } from "./picks.ts";

/** Words of a page, its menus included. */
const MOST_WORDS = 120;
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

/** Picks what stands outside of the frame of a short page, and nothing of its menus and its foot. */
export function takeShortPage({ content, picked }: Picks): void {
  const { survey, hintsAround } = content;
  if (totalOf(survey, survey.sums.words) > MOST_WORDS) return;
  for (let block = 0; block < picked.length; block++) {
    const hints = hintsAround[survey.blocks.owner[block] ?? 0] ?? 0;
    if ((hints & FRAME) === 0) picked[block] = 1;
    if ((hints & (Hint.FOOTER | Hint.NAVIGATION)) > 0) picked[block] = 0;
  }
}
