import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import { cleanTex } from "./clean-tex.ts";
import type { Flow } from "./flow.ts";
import { keptText } from "./kept-text.ts";
import { mathmlToTex } from "./mathml-to-tex.ts";
import type { ElementReader, Reading } from "./reading.ts";

const SCRIPT_TYPE = /^math\/(?:tex|latex|mml)\b/i;
/** Attributes in which scripts keep a formula's source. */
const SOURCE_ATTRIBUTES = ["data-math", "data-tex", "data-latex", "data-formula", "data-expr"];
/** `class` of what scripts and generators of documentation wrap formulas in. */
const MATH_CLASS =
  /(?:^|\s)(?:katex|katex-display|math|mathjax|math-tex|math-inline|math-block|math-display|tex|latex|arithmatex|mwe-math-element)(?:\s|$)/i;
/** What a script has drawn, or a stand-in, next to the source. */
const COPY_CLASS =
  /(?:^|\s)(?:MathJax_Preview|MathJax_Display|MathJax|MathJax_SVG|MathJax_CHTML|katex-html)(?:\s|$)/;
const DISPLAY_CLASS =
  /(?:^|[\s_-])(?:display|katex-display|math-display|block-math|equation)(?:\s|$)/i;
const MAX_DELIMITED_LENGTH = 10_000;
const DELIMITED = /^\s*(?:\\\([\s\S]+\\\)|\\\[[\s\S]+\\\]|\$\$[\s\S]+\$\$|\$[^$]+\$)\s*$/;

export const readMath: ElementReader = (reading, node, flow) => {
  const { tree } = reading;
  const isDisplay = tree.attribute(node, "display") === "block" || isDisplayAround(tree, node);
  writeMath(reading, node, flow, { tex: texOfMathml(tree, node), isDisplay });
};

/** A formula's source, kept in a script for the one that draws it. */
export const readMathScript: ElementReader = (reading, node, flow) => {
  const type = reading.tree.attribute(node, "type") ?? "";
  if (!SCRIPT_TYPE.test(type)) return;
  const tex = cleanTex(sourceText(reading.tree, node));
  writeMath(reading, node, flow, { tex, isDisplay: /mode\s*=\s*display/i.test(type) });
};

/** Reads an element that wraps a formula; false where it wraps none. */
export function readMathWrapper(
  reading: Reading,
  node: number,
  flow: Flow,
  className: string,
): boolean {
  if (COPY_CLASS.test(className) && hasMathScript(reading.tree, node)) return true;
  if (!MATH_CLASS.test(className)) return false;
  const tex = texInside(reading, node);
  if (tex === "") return false;
  const isDisplay = DISPLAY_CLASS.test(className) || isDisplayAround(reading.tree, node);
  writeMath(reading, node, flow, { tex, isDisplay });
  return true;
}

function writeMath(
  reading: Reading,
  node: number,
  flow: Flow,
  { tex, isDisplay }: { readonly tex: string; readonly isDisplay: boolean },
): void {
  if (tex === "" || reading.isCopy(node, tex)) return;
  if (isDisplay && flow.takesBlocks) flow.block({ kind: "math", tex });
  else flow.atom({ kind: "math", tex });
}

function texInside({ tree, selection }: Reading, node: number): string {
  for (const name of SOURCE_ATTRIBUTES) {
    const tex = cleanTex(tree.attribute(node, name) ?? "");
    if (tex !== "") return tex;
  }
  const math = findTag(tree, node, Tag.MATH);
  if (math !== null) return texOfMathml(tree, math);
  const text = keptText(selection, node, MAX_DELIMITED_LENGTH);
  return DELIMITED.test(text) ? cleanTex(text) : "";
}

function texOfMathml(tree: Tree, math: number): string {
  const end = tree.end[math] ?? math;
  for (let n = math + 1; n < end; n++) {
    const isSource =
      tree.name(n) === "annotation" && /tex/i.test(tree.attribute(n, "encoding") ?? "");
    if (isSource) return cleanTex(sourceText(tree, n));
  }
  const alternative = cleanTex(tree.attribute(math, "alttext") ?? "");
  return alternative === "" ? mathmlToTex(tree, math) : alternative;
}

/** Also of scripts and hidden parts, which no selection holds. */
function sourceText(tree: Tree, node: number): string {
  let text = "";
  const end = tree.end[node] ?? node;
  for (let n = node + 1; n < end; n++) if (tree.tag[n] === Tag.TEXT) text += tree.text(n);
  return text;
}

function findTag(tree: Tree, node: number, tag: number): number | null {
  const end = tree.end[node] ?? node;
  for (let n = node + 1; n < end; n++) if (tree.tag[n] === tag) return n;
  return null;
}

/** Whether the source of what a script has drawn stands close by. */
function hasMathScript(tree: Tree, node: number): boolean {
  const parent = tree.parent[node] ?? 0;
  const end = tree.end[parent] ?? parent;
  for (let n = parent + 1; n < end; n = tree.end[n] ?? end) {
    if (tree.tag[n] === Tag.SCRIPT && SCRIPT_TYPE.test(tree.attribute(n, "type") ?? ""))
      return true;
  }
  return false;
}

/** Whether one of the elements close around a formula sets it on a line of its own. */
function isDisplayAround(tree: Tree, node: number): boolean {
  let around = tree.parent[node] ?? 0;
  for (let level = 0; level < 3 && around > 0; level++) {
    if (DISPLAY_CLASS.test(tree.attribute(around, "class") ?? "")) return true;
    around = tree.parent[around] ?? 0;
  }
  return false;
}
