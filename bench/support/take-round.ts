/** `count` items from place `from` on, beginning anew at the end. */
export function takeRound(items: readonly string[], from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => items[(from + index) % items.length] ?? "");
}
