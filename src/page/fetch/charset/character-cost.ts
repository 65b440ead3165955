import type { Alphabet, Ideography, UsualCharacters } from "./languages.ts";

/** How surprising a character beyond ASCII is between its neighbours, in bits. */
export type CharacterCost = (character: string, before: string, after: string) => number;

/** Shares of the characters beyond ASCII that a text holds. */
const SHARE = { letters: 0.85, frequent: 0.55, usual: 0.36, punctuation: 0.08 } as const;

const BITS = {
  /** Of Latin, but not of this language: a name, a loan word. */
  foreignLetter: 15,
  foreignSymbol: 11,
  rareIdeograph: 20,
  /** No text holds it: unassigned, or a control character. */
  broken: 28,
  /** A capital where a word begins, or among capitals; one after a small letter is hardly a word's. */
  capital: 2.5,
  capitalAmongCapitals: 0.5,
  capitalAfterSmall: 9,
  /** Words are of one script. */
  mixedScripts: 7,
  /** Latin words are mostly ASCII. */
  accentAfterAccent: 2,
  symbolInWord: 6,
} as const;

/** What typesetters add to every language. */
const TYPOGRAPHY = "\u00a0–—’‘“”„‚…«»‹›•·©®€°§№";
const WIDE_TYPOGRAPHY =
  "\u3000、。，．・：；？！“”‘’「」『』（）［］【】《》〈〉…—～ー％＆＋－／０１２３４５６７８９";

export function alphabetCost({ letters }: Alphabet): CharacterCost {
  const letterBits = rankBits(letters, SHARE.letters);
  const isLatin = letters.includes("é") || /\p{Script=Latin}/u.test(letters);
  const typographyBits = -Math.log2((1 - SHARE.letters) / TYPOGRAPHY.length);
  return (character, before, after) => {
    if (TYPOGRAPHY.includes(character)) return typographyBits;
    if (isBroken(character)) return BITS.broken;
    if (!isLetter(character)) return BITS.foreignSymbol + inWordBits(before, after);
    const bits = letterBits.get(character.toLowerCase()) ?? BITS.foreignLetter;
    return bits + caseBits(character, before) + neighbourBits(isLatin, before, after);
  };
}

export function ideographyCost({ frequent, usual }: Ideography): CharacterCost {
  const frequentBits = rankBits(frequent, SHARE.frequent);
  const usualCharacters = decodeUsual(usual);
  const usualBits = -Math.log2(SHARE.usual / usualCharacters.size);
  const typographyBits = -Math.log2(SHARE.punctuation / WIDE_TYPOGRAPHY.length);
  return (character) => {
    const bits = frequentBits.get(character);
    if (bits !== undefined) return bits;
    if (usualCharacters.has(character)) return usualBits;
    if (WIDE_TYPOGRAPHY.includes(character)) return typographyBits;
    return isBroken(character) ? BITS.broken : BITS.rareIdeograph;
  };
}

/** Letters fall off in frequency by about the same curve in every language. */
function rankBits(ranked: string, share: number): ReadonlyMap<string, number> {
  const characters = [...ranked];
  const weights = characters.map((_, rank) => Math.exp((-4 * rank) / characters.length));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(
    characters.map((character, rank) => [
      character,
      -Math.log2((share * (weights[rank] ?? 0)) / total),
    ]),
  );
}

function caseBits(character: string, before: string): number {
  if (character === character.toLowerCase()) return 0;
  if (!isLetter(before)) return BITS.capital;
  return before === before.toLowerCase() ? BITS.capitalAfterSmall : BITS.capitalAmongCapitals;
}

function neighbourBits(isLatin: boolean, before: string, after: string): number {
  if (isLatin) return isLetter(before) && !isAscii(before) ? BITS.accentAfterAccent : 0;
  const latins = [before, after].filter((neighbour) => /[a-z]/i.test(neighbour));
  return latins.length * BITS.mixedScripts;
}

function inWordBits(before: string, after: string): number {
  return isLetter(before) && isLetter(after) ? BITS.symbolInWord : 0;
}

function isLetter(character: string): boolean {
  return /[\p{L}\p{M}]/u.test(character);
}

function isAscii(character: string): boolean {
  return character < "\x80";
}

function isBroken(character: string): boolean {
  return character === "\ufffd" || /[\p{Cc}\p{Cn}\p{Co}]/u.test(character);
}

const LAST_TRAIL = 0xfe;
const FIRST_TRAIL = 0xa1;

function decodeUsual({ encoding, firstLead, lastLead }: UsualCharacters): ReadonlySet<string> {
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead += 1) {
    for (let trail = FIRST_TRAIL; trail <= LAST_TRAIL; trail += 1) bytes.push(lead, trail);
  }
  return new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)));
}
