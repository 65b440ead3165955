/** Joins texts with their white space folded: counts all of it, and keeps the beginning. */
export class TextFolder {
  length = 0;
  #start = "";
  readonly #maxStart: number;
  #needsSpace = false;

  constructor(maxStart: number) {
    this.#maxStart = maxStart;
  }

  /** The text so far, at most `maxStart` characters of it. */
  get start(): string {
    return this.#start;
  }

  add(text: string): void {
    const folded = text.replace(WHITE_SPACE, " ");
    if (folded.startsWith(" ")) this.addGap();
    const inked = folded.trim();
    if (inked === "") return;
    const isApart = this.#needsSpace && this.length > 0;
    this.#append(isApart ? ` ${inked}` : inked);
    this.#needsSpace = folded.endsWith(" ");
  }

  /** The border of a block: what follows is another word. */
  addGap(): void {
    this.#needsSpace = true;
  }

  #append(text: string): void {
    this.length += text.length;
    const room = this.#maxStart - this.#start.length;
    if (room > 0) this.#start += text.slice(0, room);
  }
}

/** Runs of white space but a single space, which most are: those need no folding. */
const WHITE_SPACE = /[^\S ]\s*| \s+/g;
