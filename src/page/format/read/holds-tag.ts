import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";

/** True when an element of one of these {@link Trait} bits is inside of the node. */
export function holdsTrait(tree: Tree, node: number, traits: number): boolean {
  const end = tree.end[node] ?? node;
  for (let n = node + 1; n < end; n++) {
    if (traitsOf(tree.tag[n] ?? Tag.TEXT) & traits) return true;
  }
  return false;
}

export function holdsTag(tree: Tree, node: number, tags: ReadonlySet<number>): boolean {
  const end = tree.end[node] ?? node;
  for (let n = node + 1; n < end; n++) if (tags.has(tree.tag[n] ?? Tag.TEXT)) return true;
  return false;
}
