import type { ContentFacts } from "../content-facts.ts";
import { Markup } from "../surroundings.ts";
import type { Picks } from "./picks.ts";

/** Shorter texts repeat for good reasons. */
const MIN_COPY_WORDS = 4;

/** Drops all but the first of the blocks that say the same. */
export function dropCopies({ content, picked }: Picks): void {
  const { firstCopy, survey, markupAround } = content;
  const { words, owner } = survey.blocks;
  const keptCopy = new Map<number, number>();
  for (let block = 0; block < picked.length; block++) {
    const first = firstCopy[block] ?? -1;
    if (picked[block] === 0 || first < 0 || (words[block] ?? 0) < MIN_COPY_WORDS) continue;
    const markup = markupAround[owner[block] ?? 0] ?? 0;
    if (markup & (Markup.PREFORMATTED | Markup.TABLE)) continue;
    const kept = keptCopy.get(first);
    if (kept === undefined) keptCopy.set(first, block);
    else if (!areSiblings(content, kept, block)) picked[block] = 0;
  }
}

/** What repeats side by side was written so: a refrain, a placeholder. */
function areSiblings({ tree, survey }: ContentFacts, block: number, other: number): boolean {
  const { owner } = survey.blocks;
  return tree.parent[owner[block] ?? 0] === tree.parent[owner[other] ?? 0];
}
