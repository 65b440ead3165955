import type { Selection } from "../../../tree/tree.ts";

/** Visits the nodes of a selection in document order. */
export function forEachKept({ tree, keep, root }: Selection, visit: (node: number) => void): void {
  const end = tree.end[root] ?? root;
  for (let node = root; node < end; node++) {
    if (keep[node] === 1 || node === root) visit(node);
    else node = (tree.end[node] ?? end) - 1;
  }
}
