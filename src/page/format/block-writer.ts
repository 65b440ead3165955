/** What stands around blocks in the text of a format. */
export interface Frame {
  /** Stands before the first line. */
  readonly head: string;
  /** Stands before every other line; blank ones get none of its spaces at the end. */
  readonly prefix?: string;
  /** Stands after the last line, wherever the head was written. */
  readonly foot?: string;
}

export interface BlockWriterOptions {
  /** Characters that may be written. */
  readonly maxLength: number;
  /** Stands at the end where something had to be left out. */
  readonly omission: string;
}

/**
 * Puts the text of a format together, block after block, and writes each character once: the prefix of a block's
 * lines is carried down to it. Once the text is full the rest is left out, from the end of a line on.
 */
export class BlockWriter {
  readonly #pieces: string[] = [];
  readonly #omission: string;
  #length = 0;
  #room: number;
  #isFull = false;
  #prefix = "";
  #gap = "";

  constructor({ maxLength, omission }: BlockWriterOptions) {
    this.#omission = `\n\n${omission}`;
    this.#room = maxLength - this.#omission.length;
  }

  /** Grows with each block that leaves something to read. */
  get length(): number {
    return this.#length;
  }

  /** What parts the next text, if there is one, from what is written: line breaks, as a rule. */
  gap(separator: string): void {
    this.#gap = separator;
  }

  text(text: string): void {
    if (this.#prefix === "" && this.#gap.length + text.length <= this.#room) this.#write(text);
    else this.#lines(text);
  }

  /** What `write` writes stands inside of the frame. */
  within({ head, prefix = "", foot = "" }: Frame, write: () => void): void {
    this.#room -= foot.length;
    if (!this.#write(head)) return;
    const outer = this.#prefix;
    const start = this.#length;
    this.#prefix += prefix;
    write();
    this.#prefix = outer;
    this.#room += foot.length;
    if (foot !== "") this.#push(this.#takeGap() + foot);
    else if (this.#length === start) this.#trimHead();
  }

  finish(): string {
    const omission = this.#isFull ? this.#omission : "";
    return this.#length > 0 ? this.#pieces.join("") + omission : omission.trimStart();
  }

  #lines(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      if (index > 0) this.#gap += "\n";
      if (line !== "" && !this.#write(line)) return;
    }
  }

  /** False where there is no room for it, or was none for what came before. */
  #write(text: string): boolean {
    if (this.#isFull || text === "") return !this.#isFull;
    const piece = this.#takeGap() + text;
    this.#isFull = piece.length > this.#room;
    if (!this.#isFull) this.#push(piece);
    return !this.#isFull;
  }

  #push(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    this.#room -= piece.length;
  }

  /** The gap, with the prefixes of the lines that it ends. */
  #takeGap(): string {
    const gap = this.#gap;
    this.#gap = "";
    if (this.#prefix === "" || gap === "") return gap;
    return gap.replace(/\n(?=\n)/g, `\n${this.#prefix.trimEnd()}`) + this.#prefix;
  }

  /** A frame with nothing inside: "-" for "- ". */
  #trimHead(): void {
    const head = this.#pieces.pop() ?? "";
    this.#length -= head.length;
    this.#room += head.length;
    this.#push(head.trimEnd());
  }
}
