import type { Phrases } from "./phrases/phrases.ts";

/** True when the folded text holds one of the phrases. */
export function mentions(text: string, phrases: Phrases): boolean {
  return text !== "" && list(phrases).some((phrase) => text.includes(phrase));
}

/** True when one of the short folded texts says little else than one of the phrases. */
export function isTitled(texts: readonly string[], phrases: Phrases): boolean {
  return texts.some((text) =>
    list(phrases).some(
      (phrase) => text.includes(phrase) && phrase.length >= text.length * LEAST_SHARE,
    ),
  );
}

/** "Oops, page not found" says little else; "Why your page is not found by Google" says more. */
const LEAST_SHARE = 0.6;

function list(phrases: Phrases): readonly string[] {
  const known = lists.get(phrases);
  if (known) return known;
  const made = Object.values(phrases).flat();
  lists.set(phrases, made);
  return made;
}

const lists = new WeakMap<Phrases, readonly string[]>();
