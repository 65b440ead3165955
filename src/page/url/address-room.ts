/** Longer addresses carry data. */
const MAX_LENGTH = 8 * 1024;
const GROWTH = 2;
const ALLOWANCE = 512 * 1024;

/**
 * How much of an answer the addresses of one page may fill: resolved, a relative one is as long as the page's base,
 * which a page of many links would repeat until nothing else fits.
 */
export class AddressRoom {
  #left: number;

  constructor(sourceLength: number) {
    this.#left = GROWTH * sourceLength + ALLOWANCE;
  }

  /** From the first on that finds no room none does: then no address needs to be resolved any more. */
  get isFull(): boolean {
    return this.#left <= 0;
  }

  /** Whether the address may be written; takes its room. */
  take(address: string): boolean {
    if (address.length > MAX_LENGTH) return false;
    this.#left -= address.length;
    return this.#left >= 0;
  }
}
