import { delimitTex } from "../delimit-tex.ts";

/** What a reader without formulas would take for HTML. */
const TAG_START = /<(?=[a-z/!?])/gi;

/** TeX between `delimiter`s, harmless also where it is read as Markdown: it neither ends early nor holds tags or links. */
export function writeTex(tex: string, delimiter: "$" | "$$"): string {
  return delimitTex(tex.replace(TAG_START, "\\lt ").replaceAll("](", "] ("), delimiter);
}
