import { Tag, Trait } from "../../tree/tag.ts";
import { holdsTag, holdsTrait } from "./holds-tag.ts";
import { readPreformatted } from "./read-preformatted.ts";
import type { ElementReader, Reading } from "./reading.ts";

const BREAKS: ReadonlySet<number> = new Set([Tag.BR]);
const BLOCKS: ReadonlySet<number> = new Set([Tag.PRE, Tag.P, Tag.TABLE]);

/** How a page says that its code is a block, where it is no `pre`. */
const BLOCK_CLASS = /(?:^|\s)(?:block|code-?block|multiline)(?:\s|$)/i;
const BLOCK_STYLE = /white-space\s*:\s*(?:pre|break-spaces)|display\s*:\s*block/i;

/** Code within a line; several lines of it, parted by `br`, or named a block, are one that lacks its `pre`. */
export const readCode: ElementReader = (reading, node, flow) => {
  const { tree } = reading;
  if (holdsTag(tree, node, BLOCKS)) reading.children(node, flow);
  else if (flow.kind === "blocks" && isBlock(reading, node)) readPreformatted(reading, node, flow);
  else flow.within({ kind: "code", link: null }, () => reading.children(node, flow));
};

function isBlock({ tree }: Reading, node: number): boolean {
  return (
    holdsTag(tree, node, BREAKS) ||
    holdsTrait(tree, node, Trait.BLOCK) ||
    BLOCK_CLASS.test(tree.attribute(node, "class") ?? "") ||
    BLOCK_STYLE.test(tree.attribute(node, "style") ?? "")
  );
}
