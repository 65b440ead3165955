import { Tag } from "../../../tree/tag.ts";
import type { Tree } from "../../../tree/tree.ts";
import { blocksOf, sumBetween } from "../survey.ts";
import { pickedWords } from "./picked-words.ts";
import type { Picks } from "./picks.ts";

/** Words; what says more is no caption. */
const LONGEST_CAPTION = 80;
/** A caption that is less likely than this belongs to something else. */
const MIN_CAPTION_LIKELIHOOD = 0.1;
/** Words of content beside a figure from which on it belongs to a text. */
const ENOUGH_TEXT = 30;

const SHOWN: ReadonlySet<number> = new Set([
  ...[Tag.IMG, Tag.PICTURE, Tag.VIDEO, Tag.AUDIO, Tag.IFRAME, Tag.PRE, Tag.TABLE],
]);

/** Picks the captions of figures that stand within a picked text. */
export function addFigures(picks: Picks): void {
  const { tree } = picks.content;
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] === Tag.FIGURE && showsSomething(tree, node)) addFigure(picks, node);
  }
}

function showsSomething({ tag, end }: Tree, node: number): boolean {
  return tag.subarray(node + 1, end[node]).some((kind) => SHOWN.has(kind));
}

function addFigure({ content, likelihood, picked }: Picks, node: number): void {
  const { tree, survey } = content;
  const [from, to] = blocksOf(survey, node);
  if (from === to || sumBetween(survey.sums.words, from, to) > LONGEST_CAPTION) return;
  if (Math.max(...likelihood.subarray(from, to)) < MIN_CAPTION_LIKELIHOOD) return;
  const isWithin = from > picked.indexOf(1) && picked.indexOf(1, to) >= 0;
  const beside = blocksOf(survey, tree.parent[node] ?? 0);
  if (isWithin && pickedWords(survey, picked, ...beside) >= ENOUGH_TEXT) picked.fill(1, from, to);
}
