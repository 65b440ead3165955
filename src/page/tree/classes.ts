import { Tag } from "./tag.ts";
import type { Tree } from "./tree.ts";

/** The class attributes of a page by number: most elements repeat one, so that what is asked of it is asked once. */
export interface Classes {
  /** For each node the number of its class attribute; 0 where it has none. */
  readonly of: Int32Array;
  /** By number: as written, entities decoded. */
  readonly values: readonly string[];
}

export function readClasses({
  size,
  tag,
  attribute,
}: Pick<Tree, "size" | "tag" | "attribute">): Classes {
  const of = new Int32Array(size);
  const values = [""];
  const numbers = new Map([["", 0]]);
  for (let node = 1; node < size; node++) {
    const value = tag[node] === Tag.TEXT ? null : attribute(node, "class");
    if (value === null) continue;
    const known = numbers.get(value);
    of[node] = known ?? values.length;
    if (known !== undefined) continue;
    numbers.set(value, values.length);
    values.push(value);
  }
  return { of, values };
}
