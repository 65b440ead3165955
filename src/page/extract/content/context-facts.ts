import type { ContentFacts } from "./content-facts.ts";

/** What the first judgement of all blocks says about each of them. */
export interface ContextFacts {
  readonly content: ContentFacts;
  /** The first judgement: log odds, cut and scaled to -2 … 2. */
  readonly leaning: Float64Array;
  /** What each block weighs in a mean: long ones more, but not by as much as they are longer. */
  readonly weight: Float64Array;
  readonly best: number;
  /** Share of the page's words that are expected to be content, and of those that are so beyond doubt. */
  readonly expectedShare: number;
  readonly sureShare: number;
  readonly sureWords: number;
  /** Blocks since the last, and up to the next block that is content beyond doubt. */
  readonly sinceSure: Float64Array;
  readonly untilSure: Float64Array;
  /** Mean leaning of the blocks with the same element some elements out: see {@link FAMILY_STEPS}. */
  readonly familyLeaning: readonly Float64Array[];
  /** Mean leaning, and number, of the blocks that look alike wherever they stand. */
  readonly alikeLeaning: Float64Array;
  readonly alikeCount: Float64Array;
}

/** Elements out from a block's own. */
export const FAMILY_STEPS = [1, 2, 3, 5] as const;

const LEANING_SCALE = 3;
const MAX_LOG_ODDS = 6;
const SURE = 0.8;
/** A shorter block is never beyond doubt. */
const MIN_SURE_WORDS = 9;

export function gatherContext(content: ContentFacts, likelihood: Float64Array): ContextFacts {
  const { words, count } = content.survey.blocks;
  const leaning = likelihood.map(toLeaning);
  const weight = weightsOf(content);
  const isSure = (block: number): boolean => (likelihood[block] ?? 0) > SURE;
  let total = 0;
  let expected = 0;
  let sureWords = 0;
  for (let block = 0; block < count; block++) {
    total += words[block] ?? 0;
    expected += (words[block] ?? 0) * (likelihood[block] ?? 0);
    if (isSure(block)) sureWords += words[block] ?? 0;
  }
  const isAnchor = (block: number): boolean =>
    isSure(block) && (words[block] ?? 0) >= MIN_SURE_WORDS;
  const measured = { leaning, weight };
  const alike = meanByKey(measured, (block) => looksOf(content, block));
  return {
    content,
    leaning,
    weight,
    best: leaning.reduce((a, b) => Math.max(a, b), -MAX_LOG_ODDS),
    expectedShare: expected / Math.max(1, total),
    sureShare: sureWords / Math.max(1, total),
    sureWords,
    ...distances(count, isAnchor),
    familyLeaning: FAMILY_STEPS.map(
      (steps) => meanByKey(measured, (block) => outerNode(content, block, steps)).mean,
    ),
    alikeLeaning: alike.mean,
    alikeCount: alike.count,
  };
}

function toLeaning(likelihood: number): number {
  const odds = (likelihood + 1e-6) / (1 - likelihood + 1e-6);
  return Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, Math.log(odds))) / LEANING_SCALE;
}

function distances(count: number, isAnchor: (block: number) => boolean) {
  const sinceSure = new Float64Array(count);
  const untilSure = new Float64Array(count);
  let distance = Number.POSITIVE_INFINITY;
  for (let block = 0; block < count; block++) {
    distance = isAnchor(block) ? 0 : distance + 1;
    sinceSure[block] = distance;
  }
  distance = Number.POSITIVE_INFINITY;
  for (let block = count - 1; block >= 0; block--) {
    distance = isAnchor(block) ? 0 : distance + 1;
    untilSure[block] = distance;
  }
  return { sinceSure, untilSure };
}

function outerNode({ tree, survey }: ContentFacts, block: number, steps: number): number {
  let node = survey.blocks.owner[block] ?? 0;
  for (let step = 0; step < steps && node > 0; step++) node = tree.parent[node] ?? 0;
  return node;
}

/** What a block's element and the one around it look like. */
function looksOf({ tree, survey, looks }: ContentFacts, block: number): number {
  const owner = survey.blocks.owner[block] ?? 0;
  return (looks[owner] ?? 0) * tree.size + (looks[tree.parent[owner] ?? 0] ?? 0);
}

/** Means over blocks with the same key, and how many they are. */
function meanByKey(
  { leaning, weight }: Pick<ContextFacts, "leaning" | "weight">,
  keyOf: (block: number) => number,
) {
  const firstOf = findFirsts(leaning.length, keyOf);
  const mean = new Float64Array(leaning.length);
  const weights = new Float64Array(leaning.length);
  const count = new Float64Array(leaning.length);
  for (const [block, first] of firstOf.entries()) {
    mean[first] = (mean[first] ?? 0) + (leaning[block] ?? 0) * (weight[block] ?? 0);
    weights[first] = (weights[first] ?? 0) + (weight[block] ?? 0);
    count[first] = (count[first] ?? 0) + 1;
  }
  for (const [block, first] of firstOf.entries()) {
    if (block === first) mean[block] = (mean[block] ?? 0) / (weights[block] ?? 1);
    mean[block] = mean[first] ?? 0;
    count[block] = count[first] ?? 0;
  }
  return { mean, count };
}

/** For each block the first one with the same key. */
function findFirsts(count: number, keyOf: (block: number) => number): Int32Array {
  const firsts = new Map<number, number>();
  const firstOf = new Int32Array(count);
  for (let block = 0; block < count; block++) {
    const key = keyOf(block);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, block);
    firstOf[block] = first ?? block;
  }
  return firstOf;
}

function weightsOf({ survey: { blocks } }: ContentFacts): Float64Array {
  return Float64Array.from(blocks.words.subarray(0, blocks.count), Math.sqrt).map(
    (root) => root + 0.1,
  );
}
