import type { Selection } from "../../tree/tree.ts";

/** The children of a node that are part of the selection. */
export function keptChildren({ tree, keep }: Selection, node: number): number[] {
  const children: number[] = [];
  const end = tree.end[node] ?? node;
  for (let child = node + 1; child < end; child = tree.end[child] ?? end) {
    if (keep[child] === 1) children.push(child);
  }
  return children;
}
