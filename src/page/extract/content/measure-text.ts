/** How much a text says. Add up for texts that stand together. */
export interface TextMeasure {
  /** Words; a character of a script that is written without spaces is one. */
  words: number;
  /** Characters without white space and marks; one of a script without spaces weighs {@link DENSE_WEIGHT}. */
  length: number;
  /** Marks that end a sentence. */
  sentences: number;
  commas: number;
  digits: number;
  /** Of letters and digits in their order: texts that say the same have the same. */
  hash: number;
}

export function createMeasure(): TextMeasure {
  return { words: 0, length: 0, sentences: 0, commas: 0, digits: 0, hash: 0 };
}

/** A Chinese character says about as much as three Latin letters. */
const DENSE_WEIGHT = 3;

/** Classes of characters. */
const GAP = 0;
const LETTER = 1;
const DIGIT = 2;
const COMMA = 3;
const STOP = 4;
const DENSE = 5;
/** Within a word and no part of it: an apostrophe, a joiner. */
const MARK = 6;

/** Ranges of UTF-16 units, by class; what none names is a letter. Later rows win. */
const RANGES: readonly (readonly [kind: number, from: number, to: number])[] = [
  [GAP, 0x00, 0x2f],
  [DIGIT, 0x30, 0x39],
  [GAP, 0x3a, 0x40],
  [GAP, 0x5b, 0x60],
  [GAP, 0x7b, 0xa9],
  [GAP, 0xab, 0xb4],
  [GAP, 0xb6, 0xb9],
  [GAP, 0xbb, 0xbf],
  [GAP, 0xd7, 0xd7],
  [GAP, 0xf7, 0xf7],
  [MARK, 0xad, 0xad],
  [MARK, 0x0300, 0x036f],
  // Thai, Lao, Khmer, Myanmar: no spaces between words
  [DENSE, 0x0e00, 0x0eff],
  [DENSE, 0x1000, 0x109f],
  [DENSE, 0x1780, 0x17ff],
  [GAP, 0x2000, 0x2bff],
  [MARK, 0x200b, 0x200f],
  [MARK, 0x2019, 0x2019],
  [GAP, 0x3000, 0x3004],
  [GAP, 0x3008, 0x3030],
  [DENSE, 0x3040, 0x31ff],
  [DENSE, 0x3400, 0x9fff],
  [DENSE, 0xf900, 0xfaff],
  // Halves of surrogate pairs: the first of an ideograph counts for both, of a symbol neither
  [GAP, 0xd800, 0xdfff],
  [DENSE, 0xd840, 0xd87f],
  [GAP, 0xe000, 0xf8ff],
  [MARK, 0xfe00, 0xfe0f],
  [GAP, 0xff00, 0xff0f],
  [DIGIT, 0xff10, 0xff19],
  [GAP, 0xff1a, 0xff20],
  [DENSE, 0xff66, 0xff9d],
];

const COMMAS = ",;،、，；";
const STOPS = ".!?…。！？؟।॥";

function classifyCharacters(): Uint8Array {
  const kinds = new Uint8Array(0x10000).fill(LETTER);
  for (const [kind, from, to] of RANGES) kinds.fill(kind, from, to + 1);
  for (const mark of COMMAS) kinds[mark.charCodeAt(0)] = COMMA;
  for (const mark of STOPS) kinds[mark.charCodeAt(0)] = STOP;
  kinds["'".charCodeAt(0)] = MARK;
  return kinds;
}

const CLASS_OF = classifyCharacters();

/**
 * Called as a function, which V8 compiles to one instruction or two: texts are cut, joined, and of one or two bytes a
 * character, which is more kinds than it keeps in mind for the look-up of a method.
 */
const { charCodeAt } = String.prototype;

/** Adds a text to a measure. Runs over every character of a page, so it is one loop over a table. */
export function addText(measure: TextMeasure, text: string): void {
  const textLength = text.length;
  let { words, length, sentences, commas, digits, hash } = measure;
  let isInWord = false;
  for (let i = 0; i < textLength; i++) {
    const code = charCodeAt.call(text, i);
    const kind = CLASS_OF[code] ?? LETTER;
    if (kind === LETTER || kind === DIGIT) {
      if (!isInWord) words += 1;
      isInWord = true;
      length += 1;
      hash = addToHash(hash, code);
      if (kind === DIGIT) digits += 1;
      continue;
    }
    if (kind === MARK) continue;
    isInWord = false;
    if (kind === COMMA) commas += 1;
    else if (kind === STOP && !isInNumberOrName(text, i)) sentences += 1;
    else if (kind === DENSE) {
      words += 1;
      length += DENSE_WEIGHT;
      hash = addToHash(hash, code);
    }
  }
  measure.words = words;
  measure.length = length;
  measure.sentences = sentences;
  measure.commas = commas;
  measure.digits = digits;
  measure.hash = hash;
}

/** A number for each word of a text, the same for the same word in any case. */
export function hashWords(text: string): ReadonlySet<number> {
  const words = new Set<number>();
  const folded = text.toLowerCase();
  const { length } = folded;
  let hash = 0;
  let isInWord = false;
  for (let i = 0; i < length; i++) {
    const code = charCodeAt.call(folded, i);
    const kind = CLASS_OF[code] ?? LETTER;
    if (kind === LETTER || kind === DIGIT) {
      hash = addToHash(hash, code);
      isInWord = true;
      continue;
    }
    if (kind === MARK) continue;
    if (isInWord) words.add(hash);
    if (kind === DENSE) words.add(addToHash(0, code));
    hash = 0;
    isInWord = false;
  }
  if (isInWord) words.add(hash);
  return words;
}

function addToHash(hash: number, code: number): number {
  const isCapital = code >= 65 && code <= 90;
  return (Math.imul(hash, 31) + (isCapital ? code | 32 : code)) | 0;
}

/** A full stop as in 3.5 or example.com. */
function isInNumberOrName(text: string, at: number): boolean {
  if (at + 1 >= text.length) return false;
  const next = CLASS_OF[charCodeAt.call(text, at + 1)];
  return next === LETTER || next === DIGIT;
}
