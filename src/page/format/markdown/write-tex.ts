/** A dollar sign that would end the formula; escaped characters are passed over. */
const DOLLAR = /\\[\s\S]|\$/g;
/** What a reader without formulas would take for HTML. */
const TAG_START = /<(?=[a-z/!?])/gi;

/** TeX between `delimiter`s, harmless also where it is read as Markdown: it neither ends early nor holds tags or links. */
export function writeTex(tex: string, delimiter: "$" | "$$"): string {
  const safe = tex
    .replace(DOLLAR, (found) => (found === "$" ? "\\$" : found))
    .replace(TAG_START, "\\lt ")
    .replaceAll("](", "] (");
  return `${delimiter}${safe}${delimiter}`;
}
