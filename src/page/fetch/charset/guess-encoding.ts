import { alphabetCost, type CharacterCost, ideographyCost } from "./character-cost.ts";
import { ALPHABETS, IDEOGRAPHIES } from "./languages.ts";
import { toLatin1 } from "./latin1.ts";

/**
 * The most likely encoding of bytes that name none and are not UTF-8: the one in which they are the least surprising
 * text of some language, counted in bits.
 */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = takeSample(bytes);
  const language = findLanguage(bytes);
  const first = sample.subarray(0, FIRST_LOOK_BYTES);
  const likely = rankCandidates(candidates(), first, language).slice(0, SECOND_LOOK_COUNT);
  const [best] = rankCandidates(likely, sample, language);
  return best?.encoding ?? "windows-1252";
}

/** The least surprising first. */
function rankCandidates(
  rivals: readonly Candidate[],
  sample: Uint8Array,
  language: string | null,
): Candidate[] {
  const texts = new Map<string, string>();
  const ranked = rivals.map((candidate) => {
    const { encoding, cost, rarityBits } = candidate;
    const text = texts.get(encoding) ?? new TextDecoder(encoding).decode(sample);
    texts.set(encoding, text);
    const hintBits = candidate.language === language ? LANGUAGE_HINT_BITS : 0;
    return { candidate, bits: countBits(text, cost) + rarityBits - hintBits };
  });
  return ranked.toSorted((a, b) => a.bits - b.bits).map(({ candidate }) => candidate);
}

interface Candidate {
  readonly encoding: string;
  readonly language: string;
  readonly cost: CharacterCost;
  readonly rarityBits: number;
}

/** An encoding that stands behind another one of its language is so much rarer. */
const RARITY_BITS = 5;
/** What a page says of its language is believed as much as two letters or three. */
const LANGUAGE_HINT_BITS = 8;

let known: readonly Candidate[] | null = null;

/** Made at the first guess: most pages say what they are. */
function candidates(): readonly Candidate[] {
  known ??= [
    ...ALPHABETS.flatMap((alphabet) => toCandidates(alphabet, alphabetCost(alphabet))),
    ...IDEOGRAPHIES.flatMap((ideography) => toCandidates(ideography, ideographyCost(ideography))),
  ];
  return known;
}

function toCandidates(
  { encodings, language }: { readonly encodings: readonly string[]; readonly language: string },
  cost: CharacterCost,
): Candidate[] {
  return encodings.map((encoding, rank) => ({
    encoding,
    language,
    cost,
    rarityBits: rank * RARITY_BITS,
  }));
}

/** In most encodings of two bytes the second may be ASCII: who reads it as a letter of its own has to pay for it. */
const ASCII_BITS = 4.5;

function countBits(text: string, cost: CharacterCost): number {
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const isAscii = character < "\x80";
    bits += isAscii ? ASCII_BITS : cost(character, text.charAt(at - 1), text.charAt(at + 1));
  }
  return bits;
}

/** A few words tell most languages apart, a hundred make certain. */
const FIRST_LOOK_BYTES = 128;
const SECOND_LOOK_COUNT = 6;
const SAMPLE_BYTES = 1024;
const SCANNED_BYTES = 1024 * 1024;
const SPACE = 0x20;

/** What is not ASCII, with one neighbour on each side: the rest is the same in all encodings. */
function takeSample(bytes: Uint8Array): Uint8Array {
  const sample: number[] = [];
  const end = Math.min(bytes.length, SCANNED_BYTES);
  for (let at = 0; at < end && sample.length < SAMPLE_BYTES; at += 1) {
    const isNear = isHigh(bytes, at) || isHigh(bytes, at - 1) || isHigh(bytes, at + 1);
    if (isNear) sample.push(bytes[at] ?? SPACE);
    else if (sample.at(-1) !== SPACE) sample.push(SPACE);
  }
  return Uint8Array.from(sample);
}

function isHigh(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] ?? 0) >= 0x80;
}

function findLanguage(bytes: Uint8Array): string | null {
  const [, language = null] =
    /<html[^>]*\slang\s*=\s*["']?([a-z]{2})\b/i.exec(toLatin1(bytes.subarray(0, 1024))) ?? [];
  return language?.toLowerCase() ?? null;
}
