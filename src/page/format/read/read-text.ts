import { cleanTex } from "./clean-tex.ts";
import type { Flow } from "./flow.ts";

/** Formulas as they are written for scripts that set them in the browser. */
const FORMULA = /\\\(([\s\S]{1,2000}?)\\\)|\\\[([\s\S]{1,4000}?)\\\]|\$\$([\s\S]{1,4000}?)\$\$/g;
const MAY_HOLD_FORMULA = /\\[([]|\$\$/;
/** Text about parentheses and prices holds the same signs. */
const LOOKS_LIKE_TEX = /\\[a-zA-Z]|[\^_{}=+<>|]|^\s*[a-zA-Z\d]\s*$/;

/** A text, in which formulas may stand. */
export function readText(text: string, flow: Flow): void {
  if (!MAY_HOLD_FORMULA.test(text) || flow.isOpen("code")) {
    flow.text(text);
    return;
  }
  let at = 0;
  for (const match of text.matchAll(FORMULA)) {
    const [whole, inline, display, dollars] = match;
    const source = inline ?? display ?? dollars ?? "";
    if (!LOOKS_LIKE_TEX.test(source)) continue;
    if (match.index > at) flow.text(text.slice(at, match.index));
    at = match.index + whole.length;
    const tex = cleanTex(source);
    if (inline === undefined && flow.takesBlocks) flow.block({ kind: "math", tex });
    else flow.atom({ kind: "math", tex });
  }
  if (at < text.length) flow.text(text.slice(at));
}
