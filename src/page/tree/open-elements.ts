import type { NodeArrays } from "./node-arrays.ts";
import { FIRST_UNNAMED_TAG, Tag, Trait, traitsOf } from "./tag.ts";

/** Room above the depth limit for an element that holds only text: a script must not end as text of its parent. */
const SPARE = 1;

/**
 * The stack of open elements. Elements deeper than the limit are not put on it: they stay without children,
 * and only their number is remembered, so that their end tags don't close something else.
 */
export class OpenElements {
  length = 0;
  readonly #arrays: NodeArrays;
  readonly #maxDepth: number;
  readonly #nodes: Int32Array;
  readonly #tags: Uint16Array;
  /** 1: `svg`, `math` and what is in them, up to where HTML begins again. */
  readonly #foreign: Uint8Array;
  /** 1: its end tag came while blocks inside were open; it ends with them. */
  readonly #ending: Uint8Array;
  #counts = new Uint32Array(FIRST_UNNAMED_TAG * 2);
  /** How many elements of each tag would be open, were they not too deep. */
  readonly #tooDeep: Map<number, number> = new Map();

  constructor(arrays: NodeArrays, maxDepth: number) {
    this.#arrays = arrays;
    this.#maxDepth = maxDepth;
    this.#nodes = new Int32Array(maxDepth + SPARE);
    this.#tags = new Uint16Array(maxDepth + SPARE);
    this.#foreign = new Uint8Array(maxDepth + SPARE);
    this.#ending = new Uint8Array(maxDepth + SPARE);
  }

  get topNode(): number {
    return this.#nodes[this.length - 1] ?? 0;
  }

  get topTag(): number {
    return this.#tags[this.length - 1] ?? Tag.DOCUMENT;
  }

  get isTopForeign(): boolean {
    return this.#foreign[this.length - 1] === 1;
  }

  tagAt(index: number): number {
    return this.#tags[index] ?? 0;
  }

  nodeAt(index: number): number {
    return this.#nodes[index] ?? 0;
  }

  isForeignAt(index: number): boolean {
    return this.#foreign[index] === 1;
  }

  isEndingAt(index: number): boolean {
    return this.#ending[index] === 1;
  }

  has(tag: number): boolean {
    return (this.#counts[tag] ?? 0) > 0;
  }

  push(node: number, tag: number, isForeign: boolean): void {
    if (this.length >= (holdsOnlyText(tag) ? this.#maxDepth + SPARE : this.#maxDepth)) {
      this.#tooDeep.set(tag, (this.#tooDeep.get(tag) ?? 0) + 1);
      return;
    }
    this.#nodes[this.length] = node;
    this.#tags[this.length] = tag;
    this.#foreign[this.length] = isForeign ? 1 : 0;
    this.#ending[this.length] = 0;
    this.length += 1;
    if (tag >= this.#counts.length) this.#growCounts(tag);
    this.#counts[tag] = (this.#counts[tag] ?? 0) + 1;
  }

  /** Whether the end tag belongs to an element that was too deep to be kept open. */
  endTooDeep(tag: number): boolean {
    if (this.#tooDeep.size === 0) return false;
    const count = this.#tooDeep.get(tag) ?? 0;
    if (count > 0) this.#tooDeep.set(tag, count - 1);
    return count > 0;
  }

  pop(): void {
    this.#popOne();
    while (this.#ending[this.length - 1] === 1) this.#popOne();
  }

  /** Pops until the stack has `length` elements, or fewer where the ones below were waiting to end. */
  popTo(length: number): void {
    while (this.length > length) this.#popOne();
    while (this.#ending[this.length - 1] === 1) this.#popOne();
  }

  endLater(index: number): void {
    this.#ending[index] = 1;
    this.#count(this.tagAt(index), -1);
  }

  #popOne(): void {
    this.length -= 1;
    const node = this.nodeAt(this.length);
    this.#arrays.end[node] = this.#arrays.size;
    if (this.#ending[this.length] === 0) this.#count(this.tagAt(this.length), -1);
    this.#ending[this.length] = 0;
    if (this.length < this.#maxDepth && this.#tooDeep.size > 0) this.#tooDeep.clear();
  }

  #count(tag: number, by: number): void {
    this.#counts[tag] = (this.#counts[tag] ?? 0) + by;
  }

  #growCounts(tag: number): void {
    const larger = new Uint32Array(Math.max(tag + 1, this.#counts.length * 2));
    larger.set(this.#counts);
    this.#counts = larger;
  }
}

function holdsOnlyText(tag: number): boolean {
  return (traitsOf(tag) & Trait.RAW_TEXT) > 0 || tag === Tag.TITLE || tag === Tag.TEXTAREA;
}
