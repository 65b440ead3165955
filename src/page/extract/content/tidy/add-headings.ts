import { totalOf } from "../survey.ts";
import { ENOUGH_PICKED, pickedShare } from "./picked-words.ts";
import type { Picks } from "./picks.ts";
import { sectionsOf } from "./sections-of.ts";

/** A heading that is less likely than this stays out whatever stands under it. */
const MIN_HEADING_LIKELIHOOD = 0.35;
/** Words of a page that has no head beside its main heading, as articles have: there the heading is part of the text. */
const FEW_WORDS = 400;

export function addHeadings({ content, likelihood, picked }: Picks): void {
  const words = totalOf(content.survey, content.survey.sums.words);
  for (const [block, section] of sectionsOf(content.headings)) {
    const isTitle = block === content.headings.main && words <= FEW_WORDS;
    const isDoubtful = !isTitle && (likelihood[block] ?? 0) < MIN_HEADING_LIKELIHOOD;
    if (picked[block] === 1 || isDoubtful) continue;
    if (pickedShare(content.survey, picked, ...section) > ENOUGH_PICKED) picked[block] = 1;
  }
}
