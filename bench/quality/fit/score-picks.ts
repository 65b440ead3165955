import { blockText } from "../../../src/page/extract/content/block-text.ts";
import { pickBlocks } from "../../../src/page/extract/content/pick-blocks.ts";
import { tidyPicks } from "../../../src/page/extract/content/tidy/tidy-picks.ts";
import type { KnownPage } from "./read-known-pages.ts";
import { wordsOf } from "./words-of.ts";

export interface ScoredPage {
  readonly set: string;
  readonly type: string;
  readonly f1: number;
}

/** F1 of words between the known content of a page and the blocks that would be picked. */
export function scorePicks(page: KnownPage, likelihood: Float64Array): ScoredPage {
  const { facts, set, type } = page;
  const picked = pickBlocks(likelihood, facts.survey.blocks.words);
  tidyPicks({ content: facts, likelihood, picked });
  const texts = Array.from(picked, (isPicked, block) =>
    isPicked === 1 ? blockText(facts.survey, block, Number.POSITIVE_INFINITY) : "",
  );
  return { set, type, f1: wordF1(wordsOf(page.content), wordsOf(texts.join("\n"))) };
}

function wordF1(known: readonly string[], found: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of known) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of found) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common += 1;
  }
  return (2 * common) / Math.max(1, known.length + found.length);
}
