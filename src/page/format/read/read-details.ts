import { Tag, Trait } from "../../tree/tag.ts";
import { holdsTrait } from "./holds-tag.ts";
import { keptChildren } from "./kept-children.ts";
import type { ElementReader } from "./reading.ts";

/** What a visitor can open: its summary and all that is behind it. */
export const readDetails: ElementReader = (reading, node, flow) => {
  flow.border();
  const children = keptChildren(reading.selection, node);
  const summary = children.find((child) => reading.tree.tag[child] === Tag.SUMMARY);
  const isPlain =
    summary === undefined || !flow.takesBlocks || holdsTrait(reading.tree, summary, Trait.HEADING);
  if (isPlain) {
    reading.children(node, flow);
    flow.border();
    return;
  }
  const content = reading.line(summary, flow);
  const inner = flow.inner("blocks");
  for (const child of children) if (child !== summary) reading.node(child, inner);
  const blocks = inner.finish();
  if (content.length > 0 || blocks.length > 0)
    flow.block({ kind: "details", summary: content, blocks });
};
