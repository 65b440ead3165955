import { ENOUGH_PICKED, pickedShare } from "./picked-words.ts";
import type { Picks } from "./picks.ts";
import { sectionsOf } from "./sections-of.ts";

/** A heading that is less likely than this stays out whatever stands under it. */
const MIN_HEADING_LIKELIHOOD = 0.35;

export function addHeadings({ content, likelihood, picked }: Picks): void {
  for (const [block, section] of sectionsOf(content.headings)) {
    if (picked[block] === 1 || (likelihood[block] ?? 0) < MIN_HEADING_LIKELIHOOD) continue;
    if (pickedShare(content.survey, picked, ...section) > ENOUGH_PICKED) picked[block] = 1;
  }
}
