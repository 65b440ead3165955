import { Tag, Trait } from "../../tree/tag.ts";
import { holdsTag, holdsTrait } from "./holds-tag.ts";
import { readPreformatted } from "./read-preformatted.ts";
import type { ElementReader } from "./reading.ts";

const BREAKS: ReadonlySet<number> = new Set([Tag.BR]);
const BLOCKS: ReadonlySet<number> = new Set([Tag.PRE, Tag.P, Tag.TABLE]);

/** Code within a line; several lines of it, parted by `br`, are a block that lacks its `pre`. */
export const readCode: ElementReader = (reading, node, flow) => {
  const { tree } = reading;
  if (holdsTag(tree, node, BLOCKS)) return reading.children(node, flow);
  if (
    flow.kind === "blocks" &&
    (holdsTag(tree, node, BREAKS) || holdsTrait(tree, node, Trait.BLOCK))
  ) {
    return readPreformatted(reading, node, flow);
  }
  flow.within({ kind: "code", link: null }, () => reading.children(node, flow));
};
