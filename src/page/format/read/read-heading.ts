import { Tag } from "../../tree/tag.ts";
import type { HeadingLevel, Inline } from "../document.ts";
import type { ElementReader } from "./reading.ts";

const LEVELS: ReadonlyMap<number, HeadingLevel> = new Map([
  [Tag.H1, 1],
  [Tag.H2, 2],
  [Tag.H3, 3],
  [Tag.H4, 4],
  [Tag.H5, 5],
  [Tag.H6, 6],
]);

/** A heading is one line, whatever blocks it is made of; one that holds only pictures is no heading. */
export const readHeading: ElementReader = (reading, node, flow) => {
  flow.border();
  if (flow.kind !== "blocks") {
    reading.children(node, flow);
    flow.border();
    return;
  }
  const inner = flow.inner("line", true);
  reading.children(node, inner);
  const content = inner.finishLine();
  if (content.length === 0) return;
  const level = LEVELS.get(reading.tree.tag[node] ?? 0) ?? 6;
  flow.block(
    hasText(content) ? { kind: "heading", level, content } : { kind: "paragraph", content },
  );
};

function hasText(content: readonly Inline[]): boolean {
  return content.some((inline) => {
    if (inline.kind === "image" || inline.kind === "break") return false;
    return "content" in inline ? hasText(inline.content) : true;
  });
}
