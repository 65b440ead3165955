/**
 * EUC-KR as the web means it (WHATWG Encoding): the standard's 2,350 syllables, and all others of Hangul in places
 * that it leaves free. ICU, and with it Node, knows the standard alone.
 */
export function decodeKorean(bytes: Uint8Array): string {
  const decoder = new TextDecoder("euc-kr");
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length - 1; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < FIRST_LEAD) continue;
    const place = placeOf(lead, bytes[at + 1] ?? 0);
    if (place !== null) {
      pieces.push(decoder.decode(bytes.subarray(start, at)), addedSyllables().charAt(place));
      start = at + 2;
    }
    // What follows a first byte is its second.
    at += 1;
  }
  pieces.push(decoder.decode(bytes.subarray(start)));
  return pieces.join("");
}

const FIRST_LEAD = 0x81;
/** From here on the standard has taken the second bytes over 0xA0. */
const FIRST_SHARED_LEAD = 0xa1;
const LAST_LEAD = 0xc6;
const SECONDS = { shared: 84, own: 178 } as const;

/** Which of the added syllables two bytes are; null where they are another character. */
function placeOf(lead: number, second: number): number | null {
  const column = columnOf(second);
  if (lead > LAST_LEAD || column === null) return null;
  if (lead < FIRST_SHARED_LEAD) return (lead - FIRST_LEAD) * SECONDS.own + column;
  if (column >= SECONDS.shared) return null;
  const before = (FIRST_SHARED_LEAD - FIRST_LEAD) * SECONDS.own;
  const place = before + (lead - FIRST_SHARED_LEAD) * SECONDS.shared + column;
  return place < addedSyllables().length ? place : null;
}

/** Second bytes are letters of ASCII, and what is over 0x80. */
function columnOf(second: number): number | null {
  if (second >= 0x41 && second <= 0x5a) return second - 0x41;
  if (second >= 0x61 && second <= 0x7a) return second - 0x61 + 26;
  return second >= 0x81 && second <= 0xfe ? second - 0x81 + 52 : null;
}

let added: string | null = null;

/** All syllables that the standard lacks, in the order of Unicode; made by the first page that has one. */
function addedSyllables(): string {
  added ??= listAddedSyllables();
  return added;
}

const HANGUL = { first: 0xac00, last: 0xd7a3 } as const;

function listAddedSyllables(): string {
  const standard = new Set(new TextDecoder("euc-kr").decode(standardSyllables()));
  let syllables = "";
  for (let code = HANGUL.first; code <= HANGUL.last; code += 1) {
    const syllable = String.fromCharCode(code);
    if (!standard.has(syllable)) syllables += syllable;
  }
  return syllables;
}

function standardSyllables(): Uint8Array {
  const bytes: number[] = [];
  for (let lead = 0xb0; lead <= 0xc8; lead += 1) {
    for (let second = 0xa1; second <= 0xfe; second += 1) bytes.push(lead, second);
  }
  return Uint8Array.from(bytes);
}
