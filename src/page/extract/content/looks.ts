import type { Survey } from "./survey.ts";

const FIRST_NAME = /\S+/;
/** More than there are ids of tags. */
const TAG_RANGE = 0x10000;

/**
 * Numbers, fewer than nodes, that block-level elements which look alike have in common: those of one tag and one first class
 * name. Numbers in the name count the elements and make no difference.
 */
export function readLooks({ tree, isBorder }: Survey): Int32Array {
  const looks = new Int32Array(tree.size);
  const classes = tree.classes();
  const firstNames = numberAlike(classes.values.map(firstNameOf));
  const numbers = new Map<number, number>();
  for (let node = 1; node < tree.size; node++) {
    if (isBorder[node] === 0) continue;
    const name = firstNames[classes.of[node] ?? 0] ?? 0;
    looks[node] = numberOf(numbers, name * TAG_RANGE + (tree.tag[node] ?? 0));
  }
  return looks;
}

function firstNameOf(names: string): string {
  return (FIRST_NAME.exec(names)?.[0] ?? "").replace(/\d+/g, "");
}

function numberAlike(names: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return names.map((name) => numberOf(numbers, name));
}

function numberOf<Key>(numbers: Map<Key, number>, key: Key): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
