const UPPER_A = 65;
const UPPER_Z = 90;
const CASE_BIT = 32;

/**
 * Finds ASCII names, whatever their case, in a longer text without cutting a string out of it: tags and
 * attributes are looked up thousands of times a page. The id of a name is its place in the list.
 */
export class NameTable {
  readonly #names: readonly string[];
  readonly #slots: Int16Array;
  readonly #mask: number;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#mask = 2 ** Math.ceil(Math.log2(names.length * 4 + 2)) - 1;
    this.#slots = new Int16Array(this.#mask + 1).fill(-1);
    for (const [id, name] of names.entries()) {
      if (name !== "") this.#slots[this.#freeSlot(name)] = id;
    }
  }

  /** The id of the name in `text` from `start` to `end`; -1 where the list doesn't have it. */
  idAt(text: string, start: number, end: number): number {
    let slot = this.#hash(text, start, end);
    for (;;) {
      const id = this.#slots[slot] ?? -1;
      if (id < 0 || equalsName(this.#names[id] ?? "", text, start, end)) return id;
      slot = (slot + 1) & this.#mask;
    }
  }

  #freeSlot(name: string): number {
    let slot = this.#hash(name, 0, name.length);
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #hash(text: string, start: number, end: number): number {
    let hash = end - start;
    // Names longer than this are in no list, so the rest of a hostile one is not read.
    const stop = Math.min(end, start + 24);
    for (let i = start; i < stop; i++) {
      hash = (Math.imul(hash, 31) + (text.charCodeAt(i) | CASE_BIT)) | 0;
    }
    return (hash ^ (hash >>> 9)) & this.#mask;
  }
}

/** Whether `text` has `name`, which is in lower case, from `start` to `end`, whatever its case there. */
export function equalsName(name: string, text: string, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) !== lower(text.charCodeAt(start + i))) return false;
  }
  return true;
}

function lower(code: number): number {
  return code >= UPPER_A && code <= UPPER_Z ? code | CASE_BIT : code;
}
