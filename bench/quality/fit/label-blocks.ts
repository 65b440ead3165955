import { blockText } from "../../../src/page/extract/content/block-text.ts";
import type { Survey } from "../../../src/page/extract/content/survey.ts";
import { wordsOf } from "./words-of.ts";

/** Words in a row that are looked for in the known content. */
const GRAM = 4;
/** Label of a block that is too short for a gram, and is a line of the known content all the same. */
const SHORT_LINE = 0.6;

/**
 * How much of each block is in the known content of its page: the share of its words that are part of some row of
 * words which the content has too. Rows reach over the borders of blocks, so that short blocks are judged with
 * what stands around them. NaN for blocks without words.
 */
export function labelBlocks(survey: Survey, content: string): Float32Array {
  const blocks = Array.from({ length: survey.blocks.count }, (_, block) =>
    wordsOf(blockText(survey, block, Number.POSITIVE_INFINITY)),
  );
  const isKnown = findKnownWords(blocks.flat(), gramsOf(wordsOf(content)));
  const lines = new Set(content.split("\n").map((line) => wordsOf(line).join(" ")));
  let start = 0;
  return Float32Array.from(blocks, (words) => {
    const known = isKnown.subarray(start, start + words.length);
    start += words.length;
    const share = known.reduce((sum, is) => sum + is, 0) / words.length;
    const isLine = words.length < GRAM && lines.has(words.join(" "));
    return share < 0.5 && isLine ? SHORT_LINE : share;
  });
}

function gramsOf(words: readonly string[]): ReadonlySet<string> {
  const grams = new Set<string>();
  for (let at = 0; at + GRAM <= words.length; at++) grams.add(words.slice(at, at + GRAM).join(" "));
  return grams;
}

function findKnownWords(words: readonly string[], grams: ReadonlySet<string>): Uint8Array {
  const isKnown = new Uint8Array(words.length);
  for (let at = 0; at + GRAM <= words.length; at++) {
    if (grams.has(words.slice(at, at + GRAM).join(" "))) isKnown.fill(1, at, at + GRAM);
  }
  return isKnown;
}
