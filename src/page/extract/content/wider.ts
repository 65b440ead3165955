import type { Survey } from "./survey.ts";

/** The element some steps out from another; each step leads to one that holds more blocks. */
export function wider({ tree, blocksBefore }: Survey, node: number, steps: number): number {
  const { parent, end } = tree;
  let at = node;
  for (let step = 0; step < steps && at > 0; step++) {
    const first = blocksBefore[at];
    const last = blocksBefore[end[at] ?? 0];
    do at = parent[at] ?? 0;
    while (at > 0 && blocksBefore[at] === first && blocksBefore[end[at] ?? 0] === last);
  }
  return at;
}
