/** Nobody is always first: what the machine does meanwhile falls on all alike. */
export function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}
