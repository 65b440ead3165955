const GROWTH = 4;
const ALLOWANCE = 1024 * 1024;

/**
 * Characters that one format may fill, for a page of so many. Pages fill a fraction of their source; hostile ones
 * repeat what costs them nothing: addresses, the prefixes of lines in quotes, empty cells.
 */
export function outputLimit(sourceLength: number): number {
  return GROWTH * sourceLength + ALLOWANCE;
}
