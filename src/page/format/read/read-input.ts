import type { ElementReader } from "./reading.ts";

/** A check box at the head of a list item makes it a task; other fields of forms are no text. */
export const readInput: ElementReader = ({ tree }, node, flow) => {
  if (!flow.isEmpty || tree.attribute(node, "type")?.toLowerCase() !== "checkbox") return;
  flow.task = tree.attribute(node, "checked") !== null;
};
