import { BLOCK_COLUMNS } from "./columns/block-columns.ts";
import type { Column } from "./columns/column.ts";
import { CONTEXT_COLUMNS } from "./columns/context-columns.ts";
import type { ContentFacts } from "./content-facts.ts";
import { type ContextFacts, gatherContext } from "./context-facts.ts";
import { BLOCK_POINTS } from "./points/block-points.ts";
import { CONTEXT_POINTS } from "./points/context-points.ts";
import type { Points } from "./points/points.ts";

/** What came out for every block, and from what. */
export interface Judgement {
  /** How likely each block is content, 0 to 1. */
  readonly likelihood: Float64Array;
  readonly context: ContextFacts;
}

/**
 * Judges every block twice: by itself, and then in the light of how the blocks around it and those that look
 * like it were judged.
 */
export function judgeBlocks(content: ContentFacts): Judgement {
  const { count } = content.survey.blocks;
  const first = likelihoodOf(BLOCK_COLUMNS, BLOCK_POINTS, content, count);
  const context = gatherContext(content, first);
  return { likelihood: likelihoodOf(CONTEXT_COLUMNS, CONTEXT_POINTS, context, count), context };
}

export function likelihoodOf<Facts>(
  columns: readonly Column<Facts>[],
  points: Points,
  facts: Facts,
  count: number,
): Float64Array {
  const logOdds = new Float64Array(count);
  for (const { name, of } of columns) {
    const worth = points[name] ?? 0;
    if (worth === 0) continue;
    for (let block = 0; block < count; block++) {
      logOdds[block] = (logOdds[block] ?? 0) + worth * of(facts, block);
    }
  }
  return logOdds.map((odds) => 1 / (1 + Math.exp(-odds)));
}
