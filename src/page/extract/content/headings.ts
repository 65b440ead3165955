import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import { blockText } from "./block-text.ts";
import { hashWords } from "./measure-text.ts";
import type { Survey } from "./survey.ts";

export interface Headings {
  /** 1 to 6 for blocks that are headings, else 0. */
  readonly level: Uint8Array;
  /** How much of a short block is in the page's title, 0 to 1. */
  readonly titleShare: Float32Array;
  /** The block that names the page; -1 where none does. */
  readonly main: number;
  /** The heading before each block, -1 without one; and the one after it, the number of blocks without one. */
  readonly before: Int32Array;
  readonly after: Int32Array;
}

export function findHeadings(survey: Survey): Headings {
  const level = findLevels(survey);
  const titleShare = compareWithTitle(survey);
  const main = findMain(level, titleShare);
  return { level, titleShare, main, ...findNeighbours(level) };
}

/** Elements between a heading and its text, at most. */
const MAX_WRAPPERS = 3;

function findLevels({ tree, blocks }: Survey): Uint8Array {
  const level = new Uint8Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) {
    let node = blocks.owner[block] ?? 0;
    for (let i = 0; i < MAX_WRAPPERS && node > 0 && level[block] === 0; i++) {
      level[block] = levelOf(tree, node);
      node = tree.parent[node] ?? 0;
    }
  }
  return level;
}

function levelOf(tree: Tree, node: number): number {
  const tag = tree.tag[node] ?? 0;
  return tag >= Tag.H1 && tag <= Tag.H6 ? tag - Tag.H1 + 1 : 0;
}

/** Words of a block that may be the title. */
const MAX_TITLE_WORDS = 40;
const MAX_TITLE_LENGTH = 400;
/** Words of a title that a heading must have at least for a full share; titles name the site as well. */
const ENOUGH_TITLE_WORDS = 6;

function compareWithTitle(survey: Survey): Float32Array {
  const { blocks } = survey;
  const share = new Float32Array(blocks.count);
  const title = hashWords(titleOf(survey.tree));
  if (title.size === 0) return share;
  for (let block = 0; block < blocks.count; block++) {
    const count = blocks.words[block] ?? 0;
    if (count === 0 || count > MAX_TITLE_WORDS) continue;
    const words = hashWords(blockText(survey, block, MAX_TITLE_LENGTH));
    let common = 0;
    for (const word of words) if (title.has(word)) common += 1;
    share[block] = common / Math.max(1, words.size, Math.min(title.size, ENOUGH_TITLE_WORDS));
  }
  return share;
}

function titleOf(tree: Tree): string {
  const title = tree.tag.indexOf(Tag.TITLE);
  return title < 0 ? "" : tree.text(title + 1);
}

/** Of words shared with the title, for a text that is no h1. */
const MIN_TITLE_SHARE = 0.5;

function findMain(level: Uint8Array, titleShare: Float32Array): number {
  const best = (isCandidate: (block: number) => boolean): number => {
    let found = -1;
    for (let block = 0; block < level.length; block++) {
      const isBetter = found < 0 || (titleShare[block] ?? 0) > (titleShare[found] ?? 0);
      if (isBetter && isCandidate(block)) found = block;
    }
    return found;
  };
  const h1 = best((block) => level[block] === 1);
  return h1 >= 0 ? h1 : best((block) => (titleShare[block] ?? 0) > MIN_TITLE_SHARE);
}

function findNeighbours(level: Uint8Array) {
  const before = new Int32Array(level.length);
  const after = new Int32Array(level.length);
  let last = -1;
  for (let block = 0; block < level.length; block++) {
    before[block] = last;
    if ((level[block] ?? 0) > 0) last = block;
  }
  last = level.length;
  for (let block = level.length - 1; block >= 0; block--) {
    after[block] = last;
    if ((level[block] ?? 0) > 0) last = block;
  }
  return { before, after };
}
