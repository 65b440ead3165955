import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import { Hint } from "./hints.ts";
import { type Survey, sumIn, totalOf } from "./survey.ts";
import { wider } from "./wider.ts";

/** Elements that say what stands in them, however deep; as bits. */
export const Markup = {
  ITEM: 1,
  TABLE: 2,
  FORM: 4,
  FIGURE: 8,
  PREFORMATTED: 16,
  DETAILS: 32,
  QUOTE: 64,
  BUTTON: 128,
  LINK: 256,
  ARTICLE: 512,
  MAIN: 1024,
  DEFINITIONS: 2048,
  LABEL: 4096,
  SECTION: 8192,
} as const;

const MARKUP_OF_TAG: ReadonlyMap<number, number> = new Map([
  [Tag.LI, Markup.ITEM],
  [Tag.TABLE, Markup.TABLE],
  [Tag.FORM, Markup.FORM],
  [Tag.FIGURE, Markup.FIGURE],
  [Tag.PRE, Markup.PREFORMATTED],
  [Tag.DETAILS, Markup.DETAILS],
  [Tag.BLOCKQUOTE, Markup.QUOTE],
  [Tag.BUTTON, Markup.BUTTON],
  [Tag.A, Markup.LINK],
  [Tag.ARTICLE, Markup.ARTICLE],
  [Tag.MAIN, Markup.MAIN],
  [Tag.DL, Markup.DEFINITIONS],
  [Tag.LABEL, Markup.LABEL],
  [Tag.SECTION, Markup.SECTION],
]);

/** {@link Markup} of each node and of what it stands in. */
export function inheritMarkup({ tag, parent, size }: Tree): Uint32Array {
  const around = new Uint32Array(size);
  for (let node = 1; node < size; node++) {
    around[node] = (around[parent[node] ?? 0] ?? 0) | (MARKUP_OF_TAG.get(tag[node] ?? 0) ?? 0);
  }
  return around;
}

/** Hints that tell where content is; all others tell where it is not. */
const WELCOMING = Hint.MAIN | Hint.ARTICLE | Hint.CONTENT | Hint.POST | Hint.PRODUCT;
/** Of a page's text. What holds more is the page itself, which is also called "with-sidebar" or "menu-open". */
const LARGEST_MARGIN = 0.5;

/** Hints of each node and of what it stands in. */
export function inheritHints(survey: Survey, hints: Uint32Array): Uint32Array {
  const { tree, sums } = survey;
  const largest = totalOf(survey, sums.length) * LARGEST_MARGIN;
  const around = new Uint32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    let own = hints[node] ?? 0;
    if (own > 0 && sumIn(survey, sums.length, node) >= largest) own &= WELCOMING;
    around[node] = (around[tree.parent[node] ?? 0] ?? 0) | own;
  }
  return around;
}

/** Elements from a block outwards that count as close to it. */
const CLOSE_ELEMENTS = 4;

/** Hints of the elements close to each block, however much they hold. */
export function closeHints({ tree, blocks }: Survey, hints: Uint32Array): Uint32Array {
  const close = new Uint32Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) {
    let node = blocks.owner[block] ?? 0;
    for (let i = 0; i < CLOSE_ELEMENTS && node > 0; i++) {
      close[block] = (close[block] ?? 0) | (hints[node] ?? 0);
      node = tree.parent[node] ?? 0;
    }
  }
  return close;
}

/** Steps out from a block that its surroundings are looked at. */
export const WIDEST = 5;

/** For each number of steps, the element that far out from each block: see {@link wider}. */
export function surroundBlocks(survey: Survey): readonly Int32Array[] {
  const owners = survey.blocks.owner.subarray(0, survey.blocks.count);
  const rings = [owners];
  for (let steps = 1; steps <= WIDEST; steps++) {
    rings.push((rings.at(-1) ?? owners).map((node) => wider(survey, node, 1)));
  }
  return rings;
}
