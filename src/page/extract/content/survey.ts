import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import { NodeFlag, type Tree } from "../../tree/tree.ts";
import { addText, createMeasure, type TextMeasure } from "./measure-text.ts";

/**
 * The text of a page in blocks: a block is a run of text between two borders of block-level elements. An
 * element is a range of blocks, and sums run over all of them, so that how much any element says costs two
 * look-ups: see {@link sumIn}.
 */
export interface Survey {
  readonly tree: Tree;
  readonly blocks: Blocks;
  readonly sums: BlockSums;
  /** How many blocks begin before a node; one more entry than nodes. */
  readonly blocksBefore: Int32Array;
  /** 1: the element is a border between blocks: block-level, or around something that is. */
  readonly isBorder: Uint8Array;
}

/** The columns of the table of blocks. */
export interface Blocks {
  readonly count: number;
  /** The first text node, and the node after the last one. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The innermost border that the block stands in. */
  readonly owner: Int32Array;
  /** As in {@link TextMeasure}. */
  readonly words: Int32Array;
  readonly length: Int32Array;
  readonly sentences: Int32Array;
  readonly commas: Int32Array;
  readonly digits: Int32Array;
  readonly hash: Int32Array;
  /** Length of what is inside of links. */
  readonly linkLength: Int32Array;
}

/** Sums over all blocks before one; one more entry than blocks. */
export interface BlockSums {
  readonly words: Int32Array;
  readonly length: Int32Array;
  readonly linkLength: Int32Array;
  readonly sentences: Int32Array;
  readonly commas: Int32Array;
  /** Length of the blocks that read as prose: long, and hardly linked. */
  readonly proseLength: Int32Array;
}

/** After so many blocks the rest of a page is one: each is judged by itself, and no page for readers has as many. */
const MAX_BLOCKS = 20_000;
/** Length of a block from which it reads as prose: about fifteen English words. */
const PROSE_LENGTH = 80;
/** Share of links up to which it still does. */
const PROSE_LINK_SHARE = 0.35;

/** Measures every text of a page that a visitor could get to see, in one pass. */
export function surveyPage(tree: Tree): Survey {
  const isBorder = findBorders(tree);
  const blocksBefore = new Int32Array(tree.size + 1);
  const blocks = collectBlocks(tree, isBorder, blocksBefore);
  return { tree, blocks, sums: sumUp(blocks), blocksBefore, isBorder };
}

/** The sum of a measure over the blocks of an element. */
export function sumIn(survey: Survey, sums: Int32Array, node: number): number {
  const { blocksBefore, tree } = survey;
  const last = sums[blocksBefore[tree.end[node] ?? 0] ?? 0] ?? 0;
  return last - (sums[blocksBefore[node] ?? 0] ?? 0);
}

/** The range of blocks of an element. */
export function blocksOf(
  { blocksBefore, tree }: Survey,
  node: number,
): readonly [from: number, to: number] {
  return [blocksBefore[node] ?? 0, blocksBefore[tree.end[node] ?? 0] ?? 0];
}

/** The sum of a measure over the blocks from one up to another. */
export function sumBetween(sums: Int32Array, from: number, to: number): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0);
}

/** The sum of a measure over all blocks. */
export function totalOf({ blocks }: Survey, sums: Int32Array): number {
  return sums[blocks.count] ?? 0;
}

/** Elements whose text nobody reads: code, styles, form fields, drawings. */
export function isSilent(tree: Tree, node: number): boolean {
  return (
    (traitsOf(tree.tag[node] ?? 0) & Trait.SILENT) > 0 ||
    ((tree.flags[node] ?? 0) & NodeFlag.TEMPLATE) > 0
  );
}

function findBorders(tree: Tree): Uint8Array {
  const isBorder = new Uint8Array(tree.size);
  for (let node = tree.size - 1; node > 0; node--) {
    if (traitsOf(tree.tag[node] ?? 0) & Trait.BLOCK) isBorder[node] = 1;
    if (isBorder[node] === 1 && !isSilent(tree, node)) isBorder[tree.parent[node] ?? 0] = 1;
  }
  return isBorder;
}

function collectBlocks(tree: Tree, isBorder: Uint8Array, blocksBefore: Int32Array): Blocks {
  const { tag, end, size } = tree;
  const draft = new BlockDraft(tree);
  /** The open borders, innermost last. */
  const open: number[] = [];
  let owner = 0;
  let linkEnd = 0;
  for (let node = 0; node < size; node++) {
    while (owner > 0 && node >= (end[owner] ?? 0)) {
      draft.finishBlock();
      owner = open.pop() ?? 0;
    }
    blocksBefore[node] = draft.begun;
    if (tag[node] === Tag.TEXT) {
      draft.addText(node, owner, node < linkEnd);
      continue;
    }
    if (isBorder[node] === 1 && node > 0) {
      draft.finishBlock();
      open.push(owner);
      owner = node;
      blocksBefore[node] = draft.begun;
    }
    if (isSilent(tree, node)) {
      const last = (end[node] ?? size) - 1;
      blocksBefore.fill(draft.begun, node, last + 1);
      node = last;
    } else if (tag[node] === Tag.A && node >= linkEnd && tree.attribute(node, "href") !== null) {
      linkEnd = end[node] ?? 0;
    }
  }
  draft.finishBlock();
  blocksBefore[size] = draft.begun;
  return draft.blocks();
}

/** The table of blocks while it is filled. */
class BlockDraft {
  count = 0;
  readonly #tree: Tree;
  readonly #measure: TextMeasure = createMeasure();
  readonly #columns: Record<keyof Omit<Blocks, "count">, Int32Array>;
  #isOpen = false;
  #linkLength = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
    let texts = 0;
    for (let node = 0; node < tree.size; node++) if (tree.tag[node] === Tag.TEXT) texts += 1;
    const column = (): Int32Array => new Int32Array(texts);
    this.#columns = {
      start: column(),
      end: column(),
      owner: column(),
      words: column(),
      length: column(),
      sentences: column(),
      commas: column(),
      digits: column(),
      hash: column(),
      linkLength: column(),
    };
  }

  /** The open block included. */
  get begun(): number {
    return this.#isOpen ? this.count + 1 : this.count;
  }

  addText(node: number, owner: number, isLinked: boolean): void {
    const text = this.#tree.text(node);
    if (!this.#isOpen) {
      if (!HAS_INK.test(text)) return;
      this.#isOpen = true;
      this.#columns.start[this.count] = node;
      this.#columns.owner[this.count] = owner;
    }
    const before = this.#measure.length;
    addText(this.#measure, text);
    if (isLinked) this.#linkLength += this.#measure.length - before;
    this.#columns.end[this.count] = node + 1;
  }

  finishBlock(): void {
    if (this.#isOpen && this.count < MAX_BLOCKS) this.#close();
  }

  blocks(): Blocks {
    if (this.#isOpen) this.#close();
    return { count: this.count, ...this.#columns };
  }

  #close(): void {
    const { words, length, sentences, commas, digits, hash, linkLength } = this.#columns;
    words[this.count] = this.#measure.words;
    length[this.count] = this.#measure.length;
    sentences[this.count] = this.#measure.sentences;
    commas[this.count] = this.#measure.commas;
    digits[this.count] = this.#measure.digits;
    hash[this.count] = this.#measure.hash;
    linkLength[this.count] = this.#linkLength;
    Object.assign(this.#measure, createMeasure());
    this.#linkLength = 0;
    this.#isOpen = false;
    this.count += 1;
  }
}

const HAS_INK = /\S/;

function sumUp(blocks: Blocks): BlockSums {
  const proseLength = Int32Array.from({ length: blocks.count }, (_, block) =>
    isProse(blocks, block) ? (blocks.length[block] ?? 0) : 0,
  );
  return {
    words: sumsOf(blocks.words, blocks.count),
    length: sumsOf(blocks.length, blocks.count),
    linkLength: sumsOf(blocks.linkLength, blocks.count),
    sentences: sumsOf(blocks.sentences, blocks.count),
    commas: sumsOf(blocks.commas, blocks.count),
    proseLength: sumsOf(proseLength, blocks.count),
  };
}

export function isProse(blocks: Blocks, block: number): boolean {
  const length = blocks.length[block] ?? 0;
  return length >= PROSE_LENGTH && (blocks.linkLength[block] ?? 0) <= length * PROSE_LINK_SHARE;
}

function sumsOf(column: Int32Array, count: number): Int32Array {
  const sums = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = (sums[i] ?? 0) + (column[i] ?? 0);
  return sums;
}
