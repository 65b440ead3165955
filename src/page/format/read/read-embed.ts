import { Tag } from "../../tree/tag.ts";
import { foldText } from "./fold-text.ts";
import type { ElementReader, Reading } from "./reading.ts";

/** A video, a recording, a frame with a name: its content is elsewhere, so it becomes a link. */
export const readEmbed: ElementReader = (reading, node, flow) => {
  const src = sourceOf(reading, node);
  const href = src === null ? null : reading.addresses.source(src);
  const label = href === null ? "" : labelOf(reading, node, href);
  if (href === null || label === "") return;
  flow.border();
  flow.atom({ kind: "link", href, title: "", content: [{ kind: "text", text: label }] });
  flow.border();
};

function sourceOf({ tree }: Reading, node: number): string | null {
  const own = tree.attribute(node, "src") ?? tree.attribute(node, "data-src");
  if (own !== null && own !== "") return own;
  const end = tree.end[node] ?? node;
  for (let n = node + 1; n < end; n++) {
    if (tree.tag[n] === Tag.SOURCE) return tree.attribute(n, "src");
  }
  return null;
}

/** Frames without a name are advertisements and counters as a rule; a recording's file name says what it is. */
function labelOf({ tree }: Reading, node: number, href: string): string {
  const name = tree.attribute(node, "title") ?? tree.attribute(node, "aria-label") ?? "";
  const label = foldText(name).trim();
  if (label !== "" || tree.tag[node] === Tag.IFRAME || tree.tag[node] === Tag.EMBED) return label;
  return href.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "";
}
