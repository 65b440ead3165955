import type { Survey } from "./survey.ts";

const FIRST_NAME = /\S+/;
/** More than there are ids of tags. */
const TAG_RANGE = 0x10000;

/**
 * Numbers that block-level elements which look alike have in common: those of one tag and one first class name. Numbers in
 * the name count the elements and make no difference.
 */
export function readLooks({ tree, isBorder }: Survey): Float64Array {
  const looks = new Float64Array(tree.size);
  const idOfNames = new Map<string, number>();
  const idOfFirst = new Map<string, number>();
  for (let node = 1; node < tree.size; node++) {
    if (isBorder[node] === 0) continue;
    const names = tree.attribute(node, "class") ?? "";
    let id = idOfNames.get(names);
    if (id === undefined) {
      const first = (FIRST_NAME.exec(names)?.[0] ?? "").replace(/\d+/g, "");
      id = idOfFirst.get(first) ?? idOfFirst.size;
      idOfFirst.set(first, id);
      idOfNames.set(names, id);
    }
    looks[node] = id * TAG_RANGE + (tree.tag[node] ?? 0);
  }
  return looks;
}
