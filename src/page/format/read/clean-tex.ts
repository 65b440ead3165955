/** Delimiters and settings that pages put around the source of a formula. */
const WRAPPERS: readonly RegExp[] = [
  /^\$\$([\s\S]*)\$\$$/,
  /^\$([\s\S]*)\$$/,
  /^\\\(([\s\S]*)\\\)$/,
  /^\\\[([\s\S]*)\\\]$/,
  /^\{\\(?:displaystyle|textstyle|scriptstyle)\b([\s\S]*)\}$/,
  /^\\(?:displaystyle|textstyle)\b(?![\s\S]*\\(?:displaystyle|textstyle)\b)([\s\S]*)$/,
];

/** The source of a formula without what says how it is set; on one line, since `$` may not part lines. */
export function cleanTex(source: string): string {
  let tex = fold(source);
  for (const wrapper of WRAPPERS) tex = wrapper.exec(tex)?.[1]?.trim() ?? tex;
  return tex;
}

function fold(source: string): string {
  return source
    .replace(/%[^\n]*\n/g, "\n")
    .replace(/\s+/g, " ")
    .trim();
}
