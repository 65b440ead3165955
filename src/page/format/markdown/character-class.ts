/** White space, punctuation or a border of text: as CommonMark tells whether a run of `*` opens or closes. */
export type CharacterClass = "space" | "punctuation" | "word";

const PUNCTUATION = /[\p{P}\p{S}]/u;

/** Of the first character of `text`; the border of a text counts as space. */
export function classOfFirst(text: string): CharacterClass {
  return classOf(text.codePointAt(0));
}

export function classOfLast(text: string): CharacterClass {
  const last = text.charCodeAt(text.length - 1);
  const isLowSurrogate = last >= 0xdc00 && last <= 0xdfff;
  return classOf(isLowSurrogate ? text.codePointAt(text.length - 2) : last);
}

function classOf(code: number | undefined): CharacterClass {
  if (code === undefined || Number.isNaN(code)) return "space";
  if (code < 128) return ASCII[code] ?? "word";
  const character = String.fromCodePoint(code);
  if (/\s/.test(character)) return "space";
  return PUNCTUATION.test(character) ? "punctuation" : "word";
}

const ASCII: readonly CharacterClass[] = Array.from({ length: 128 }, (_, code) => {
  if (code === 32 || (code >= 9 && code <= 13)) return "space";
  return /[\p{P}\p{S}]/u.test(String.fromCharCode(code)) ? "punctuation" : "word";
});
