/** A dollar sign that would end the formula, or a backslash that would keep it from ending; pairs are passed over. */
const DELIMITER_TROUBLE = /\\[\s\S]|\\$|\$/g;

/** TeX between dollar signs. Of a space that was escaped at its end only the backslash is left, and goes too. */
export function delimitTex(tex: string, delimiter: "$" | "$$"): string {
  const safe = tex.replace(DELIMITER_TROUBLE, (found) =>
    found === "$" ? "\\$" : found === "\\" ? "" : found,
  );
  return `${delimiter}${safe}${delimiter}`;
}
