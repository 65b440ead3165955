import type { Phrases } from "./phrases/phrases.ts";

/** True when the folded text holds one of the phrases. */
export function mentions(text: string, phrases: Phrases): boolean {
  return text !== "" && hasPhrase(phrases, (phrase) => text.includes(phrase));
}

/** True when one of the short folded texts says little else than one of the phrases. */
export function isTitled(texts: readonly string[], phrases: Phrases): boolean {
  return texts.some((text) =>
    hasPhrase(
      phrases,
      (phrase) => phrase.length >= text.length * LEAST_SHARE && text.includes(phrase),
    ),
  );
}

/** "Oops, page not found" says little else; "Why your page is not found by Google" says more. */
const LEAST_SHARE = 0.6;

function hasPhrase(phrases: Phrases, isMet: (phrase: string) => boolean): boolean {
  return Object.values(phrases).some((list) => list.some(isMet));
}
