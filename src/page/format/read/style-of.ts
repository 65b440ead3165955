import type { Tree } from "../../tree/tree.ts";

export interface InlineStyle {
  readonly weight: "bold" | "normal" | null;
  readonly slant: "italic" | "normal" | null;
}

const NONE: InlineStyle = { weight: null, slant: null };
const BOLD = /font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b/i;
const NOT_BOLD = /font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b/i;
const ITALIC = /font-style\s*:\s*(?:italic|oblique)\b/i;
const NOT_ITALIC = /font-style\s*:\s*normal\b/i;

/** What the `style` attribute says of type: word processors mark text up with it, and undo elements with it. */
export function styleOf(tree: Tree, node: number): InlineStyle {
  const style = tree.attribute(node, "style");
  if (style === null || !style.includes("font-")) return NONE;
  return {
    weight: BOLD.test(style) ? "bold" : NOT_BOLD.test(style) ? "normal" : null,
    slant: ITALIC.test(style) ? "italic" : NOT_ITALIC.test(style) ? "normal" : null,
  };
}
