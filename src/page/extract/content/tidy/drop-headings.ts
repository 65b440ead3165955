import { pickedWords } from "./picked-words.ts";
import type { Picks } from "./picks.ts";
import { sectionsOf } from "./sections-of.ts";

/** Drops headings of which nothing is kept below. The main one, and others of the first level, name the page. */
export function dropHeadings({ content, picked }: Picks): void {
  const { level, main } = content.headings;
  for (const [block, [from, to]] of sectionsOf(content.headings)) {
    const canGo = picked[block] === 1 && block !== main && (level[block] ?? 0) > 1;
    const isEmpty = pickedWords(content.survey, picked, from, to) === 0;
    if (canGo && to > from && isEmpty) picked[block] = 0;
  }
}
