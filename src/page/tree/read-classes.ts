import { Tag } from "./tag.ts";
import type { Classes, Tree } from "./tree.ts";

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
