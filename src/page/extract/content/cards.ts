import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import { type Survey, sumIn } from "./survey.ts";

/** Elements that stand in a row and look alike: entries of a list, rows, cards, posts. */
export interface CardGroup {
  count: number;
  length: number;
  linkLength: number;
  proseLength: number;
}

export interface Cards {
  /** The group of the innermost, and of the outermost card that each node is in; null where it is in none. */
  readonly inner: readonly (CardGroup | null)[];
  readonly outer: readonly (CardGroup | null)[];
}

/** Fewer may look alike by chance. */
const MIN_CARDS = 3;

export function findCards(survey: Survey, looks: Int32Array): Cards {
  const { tree } = survey;
  const groupOf = groupSiblings(survey, looks);
  const inner: (CardGroup | null)[] = [null];
  const outer: (CardGroup | null)[] = [null];
  for (let node = 1; node < tree.size; node++) {
    const parent = tree.parent[node] ?? 0;
    const group = groupOf[node] ?? null;
    const isCard = group !== null && group.count >= MIN_CARDS && canBeCard(survey, node);
    inner.push(isCard ? group : (inner[parent] ?? null));
    outer.push(outer[parent] ?? (isCard ? group : null));
  }
  return { inner, outer };
}

/** Paragraphs and headings repeat in any text. */
function canBeCard(survey: Survey, node: number): boolean {
  const tag = survey.tree.tag[node] ?? 0;
  const isText = tag === Tag.P || (traitsOf(tag) & Trait.HEADING) > 0;
  return !isText && sumIn(survey, survey.sums.length, node) > 0;
}

function groupSiblings(survey: Survey, looks: Int32Array): readonly (CardGroup | null)[] {
  const { tree, isBorder, sums } = survey;
  /** By parent and looks, of which there are fewer than nodes. */
  const groups = new Map<number, CardGroup>();
  const groupOf: (CardGroup | null)[] = new Array(tree.size).fill(null);
  for (let node = 1; node < tree.size; node++) {
    if (isBorder[node] === 0) continue;
    const group = groupAt(groups, (tree.parent[node] ?? 0) * tree.size + (looks[node] ?? 0));
    groupOf[node] = group;
    group.count += 1;
    group.length += sumIn(survey, sums.length, node);
    group.linkLength += sumIn(survey, sums.linkLength, node);
    group.proseLength += sumIn(survey, sums.proseLength, node);
  }
  return groupOf;
}

function groupAt(groups: Map<number, CardGroup>, key: number): CardGroup {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const added = { count: 0, length: 0, linkLength: 0, proseLength: 0 };
  groups.set(key, added);
  return added;
}
