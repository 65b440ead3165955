import { Tag } from "../../tree/tag.ts";
import type { SpanKind } from "../document.ts";
import type { Flow } from "./flow.ts";
import { holdsTag } from "./holds-tag.ts";
import { keptText } from "./kept-text.ts";
import { readMathWrapper } from "./read-math.ts";
import type { ElementReader, Reading } from "./reading.ts";
import { styleOf } from "./style-of.ts";

/** Superscripts that are ornament: "1st", "Acme®", "XXe siècle". As plain text they read as they are spoken. */
const ORNAMENT = /^\s*(?:st|nd|rd|th|e|er|re|ère|ème|o|os|a|as|º|ª|®|™|tm|sm|©|\(r\)|\(tm\))\s*$/i;
/** A longer one is a text in small type. */
const MAX_SUPERSCRIPT_LENGTH = 24;
const MARGIN_NOTE = /(?:^|\s)(?:side|margin)-?note(?:$|\s)/i;
const LINKS: ReadonlySet<number> = new Set([Tag.A]);

export function readSpanOf(kind: SpanKind): ElementReader {
  return (reading, node, flow) => {
    const style = styleOf(reading.tree, node);
    if (style.weight === "normal" && kind === "strong") return reading.children(node, flow);
    if (style.slant === "normal" && kind === "emphasis") return reading.children(node, flow);
    inSpan(kind, reading, node, flow);
  };
}

/** `span` and `div`, which say nothing of themselves: they may be set bold or slanted, or wrap a formula. */
export const readPlain: ElementReader = (reading, node, flow) => {
  const { tree } = reading;
  const className = tree.attribute(node, "class");
  if (className !== null) {
    if (MARGIN_NOTE.test(className)) {
      reading.marginNote(node, flow);
      return;
    }
    if (readMathWrapper(reading, node, flow, className)) return;
  }
  const style = styleOf(tree, node);
  const isBlock = tree.tag[node] === Tag.DIV;
  if (isBlock) flow.border();
  if (style.weight === "bold" && !flow.isHeading) inSpan("strong", reading, node, flow);
  else if (style.slant === "italic") inSpan("emphasis", reading, node, flow);
  else reading.children(node, flow);
  if (isBlock) flow.border();
};

export const readSuperscript: ElementReader = (reading, node, flow) => {
  const text = keptText(reading.selection, node, 2 * MAX_SUPERSCRIPT_LENGTH);
  const isPlain =
    ORNAMENT.test(text) ||
    text.trim().length > MAX_SUPERSCRIPT_LENGTH ||
    holdsTag(reading.tree, node, LINKS);
  if (isPlain) reading.children(node, flow);
  else inSpan("sup", reading, node, flow);
};

export const readQuotation: ElementReader = (reading, node, flow) => {
  const inner = flow.isOpen("code");
  if (!inner) flow.text("“");
  reading.children(node, flow);
  if (!inner) flow.text("”");
};

/** What is written above a word stands after it, in parentheses. */
export const readRubyText: ElementReader = (reading, node, flow) => {
  if (keptText(reading.selection, node, 1) === "") return;
  flow.text("(");
  reading.children(node, flow);
  flow.text(")");
};

function inSpan(kind: SpanKind, reading: Reading, node: number, flow: Flow): void {
  const nests = reading.tree.tag[node] === Tag.EM;
  flow.within({ kind, link: null, nests }, () => reading.children(node, flow));
}
