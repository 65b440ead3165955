/** Characters of East Asian scripts that are written without spaces: a line break between two of them is none. */
const EAST_ASIAN =
  /[\u2E80-\u312F\u3190-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF\u{20000}-\u{3FFFF}]/u;

/**
 * Invisible characters that stand for nothing on paper: soft hyphen, zero-width space, word joiner, byte order
 * mark, and the tag characters that are used to hide text. Joiners (U+200C, U+200D) are part of words and emoji.
 */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF\u{E0000}-\u{E007F}]/gu;

const NEEDS_FOLDING = /[\t\n\f\r]| {2}/;
const MAY_BE_INVISIBLE = /[\u00AD\u200B\u2060\uFEFF\uDB40]/;

/** White space folded as CSS does outside of `pre`; a folded run at either end stays as one space. */
export function foldText(text: string): string {
  const visible = dropInvisible(text);
  if (!NEEDS_FOLDING.test(visible)) return visible;
  return visible.replace(/[ \t\n\f\r]+/g, (run, at: number) =>
    run.includes("\n") && joinsLines(visible.charAt(at - 1), visible.charAt(at + run.length))
      ? ""
      : " ",
  );
}

export function dropInvisible(text: string): string {
  return MAY_BE_INVISIBLE.test(text) ? text.replace(INVISIBLE, "") : text;
}

/** True when a line break between these characters is no space. */
export function joinsLines(before: string, after: string): boolean {
  return EAST_ASIAN.test(before) && EAST_ASIAN.test(after);
}
