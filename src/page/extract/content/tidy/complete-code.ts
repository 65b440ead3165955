import { Tag } from "../../../tree/tag.ts";
import { blocksOf } from "../survey.ts";
import { ENOUGH_PICKED, pickedShare } from "./picked-words.ts";
import type { Picks } from "./picks.ts";

/** Picks preformatted text as a whole, and where it stands between picked blocks. */
export function completeCode({ content, picked }: Picks): void {
  const { tree, survey } = content;
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.PRE) continue;
    const [from, to] = blocksOf(survey, node);
    const isBetween = picked[from - 1] === 1 && picked[to] === 1;
    const isWanted = isBetween || pickedShare(survey, picked, from, to) >= ENOUGH_PICKED;
    if (isWanted) picked.fill(1, from, to);
  }
}
