/** The words of a text, in lower case and without signs, for comparisons. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/['’®™©]/g, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Words without what parts them: by it two ways to write a name are seen to be one. */
export function keyOf(text: string): string {
  return wordsOf(text).join("");
}

/** How much two texts have in common, from 0 to 1: the F-measure of their sets of words. */
export function likeness(one: string, other: string): number {
  const [a, b] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  return (2 * common) / (a.size + b.size);
}

/** True when every word of `part` is in `whole`. */
export function holdsWords(whole: string, part: string): boolean {
  const words = new Set(wordsOf(whole));
  const parts = wordsOf(part);
  return parts.length > 0 && parts.every((word) => words.has(word));
}
