import { Tag } from "../../tree/tag.ts";
import { Hint } from "./hints.ts";
import { isProse, type Survey, sumIn } from "./survey.ts";

/** Two guesses at the element that holds the content; where they agree they are seldom wrong. 0: none. */
export interface MainNodes {
  /** The one with the best sum of points for the texts in it and just below. */
  readonly scored: number;
  /** The innermost one that holds most of the page's prose. */
  readonly prose: number;
  /** First and last block of prose in {@link prose}; past the end and -1 where there is none. */
  readonly firstProse: number;
  readonly lastProse: number;
}

/** Places that hold prose which is not the content. */
const MARGINS =
  Hint.NAVIGATION |
  Hint.FOOTER |
  Hint.COMMENTS |
  Hint.RELATED |
  Hint.CONSENT |
  Hint.OVERLAY |
  Hint.PROMOTION;

export function findMainNodes(survey: Survey, hintsAround: Uint32Array): MainNodes {
  const scored = findScored(survey, hintsAround);
  const prose = findProseNode(survey, hintsAround);
  return { scored, prose, ...proseRange(survey, prose) };
}

// By points

/** Length of a block from which it gets points. */
const MIN_SCORED_LENGTH = 25;
const LENGTH_OF_A_POINT = 100;
const MAX_LENGTH_POINTS = 3;
/** Of the points that the same text would get elsewhere. */
const MARGIN_SHARE = 0.2;
/** What the elements around a text get of its points, from the inside out. */
const SHARES = [1, 0.5, 1 / 6, 1 / 9, 1 / 12];

function findScored(survey: Survey, hintsAround: Uint32Array): number {
  const { blocks, tree } = survey;
  const points = new Float64Array(tree.size);
  for (let block = 0; block < blocks.count; block++) {
    const worth = pointsOf(survey, block, hintsAround);
    let node = holderOf(survey, block);
    for (const share of SHARES) {
      if (worth === 0 || node <= 0) break;
      points[node] = (points[node] ?? 0) + worth * share;
      node = tree.parent[node] ?? -1;
    }
  }
  return bestOf(survey, points);
}

function pointsOf({ blocks }: Survey, block: number, hintsAround: Uint32Array): number {
  const length = blocks.length[block] ?? 0;
  if (length < MIN_SCORED_LENGTH) return 0;
  const hints = hintsAround[blocks.owner[block] ?? 0] ?? 0;
  const isInMargin = (hints & (MARGINS | Hint.ASIDE | Hint.HEADER)) > 0;
  const points =
    1 + (blocks.commas[block] ?? 0) + Math.min(MAX_LENGTH_POINTS, length / LENGTH_OF_A_POINT);
  const unlinked = 1 - (blocks.linkLength[block] ?? 0) / length;
  return points * unlinked * (isInMargin ? MARGIN_SHARE : 1);
}

/** Elements that hold one text each: what counts is what holds them. */
const HOLD_ONE_TEXT: ReadonlySet<number> = new Set([
  Tag.P,
  Tag.PRE,
  Tag.TD,
  Tag.LI,
  Tag.BLOCKQUOTE,
  Tag.DD,
]);

function holderOf({ blocks, tree }: Survey, block: number): number {
  const owner = blocks.owner[block] ?? 0;
  return HOLD_ONE_TEXT.has(tree.tag[owner] ?? 0) ? (tree.parent[owner] ?? 0) : owner;
}

function bestOf(survey: Survey, points: Float64Array): number {
  const { length, linkLength } = survey.sums;
  let best = 0;
  let most = 0;
  for (let node = 1; node < points.length; node++) {
    const own = points[node] ?? 0;
    if (own <= most) continue;
    const worth = own * (1 - sumIn(survey, linkLength, node) / sumIn(survey, length, node));
    if (worth <= most) continue;
    most = worth;
    best = node;
  }
  return best;
}

// By prose

/** Of the prose outside of margins. */
const MOST_PROSE = 0.6;

function findProseNode(survey: Survey, hintsAround: Uint32Array): number {
  const { tree, isBorder, blocksBefore } = survey;
  const sums = sumProse(survey, hintsAround);
  const enough = (sums.at(-1) ?? 0) * MOST_PROSE;
  let found = 0;
  if (enough === 0) return found;
  for (let node = 1; node < tree.size; node++) {
    if (isBorder[node] === 0 || (tree.depth[node] ?? 0) <= (tree.depth[found] ?? 0)) continue;
    const before = sums[blocksBefore[node] ?? 0] ?? 0;
    if ((sums[blocksBefore[tree.end[node] ?? 0] ?? 0] ?? 0) - before >= enough) found = node;
  }
  return found;
}

function sumProse({ blocks }: Survey, hintsAround: Uint32Array): Int32Array {
  const sums = new Int32Array(blocks.count + 1);
  for (let block = 0; block < blocks.count; block++) {
    const hints = hintsAround[blocks.owner[block] ?? 0] ?? 0;
    const counts = isProse(blocks, block) && (hints & MARGINS) === 0;
    sums[block + 1] = (sums[block] ?? 0) + (counts ? (blocks.length[block] ?? 0) : 0);
  }
  return sums;
}

function proseRange(survey: Survey, node: number) {
  const { blocks, blocksBefore, tree } = survey;
  let firstProse = blocks.count;
  let lastProse = -1;
  if (node > 0) {
    const end = blocksBefore[tree.end[node] ?? 0] ?? 0;
    for (let block = blocksBefore[node] ?? 0; block < end; block++) {
      if (!isProse(blocks, block)) continue;
      firstProse = Math.min(firstProse, block);
      lastProse = block;
    }
  }
  return { firstProse, lastProse };
}
