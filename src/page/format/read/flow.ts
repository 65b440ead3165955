import type { Block, Inline } from "../document.ts";
import { type Frame, type FrameKind, InlineCollector } from "./inline-collector.ts";

/**
 * What borders of blocks do: in `blocks` they end a paragraph; in a `line` (headings, terms) they are a space;
 * in a `cell` a line break.
 */
export type FlowKind = "blocks" | "line" | "cell";

interface FlowOptions {
  readonly kind: FlowKind;
  /** Elements that are open around it. */
  readonly frames?: readonly Frame[];
  readonly isHeading?: boolean;
  readonly depth?: number;
}

/** Lists and quotes further inside are read as plain blocks: their indentation would outgrow their text. */
const MAX_NESTING = 16;

/** Takes what a walk over the tree meets, in order, and makes blocks of it. */
export class Flow {
  readonly kind: FlowKind;
  readonly isHeading: boolean;
  /** How many lists, quotes and the like are around it. */
  readonly depth: number;
  /** Of a list item: whether its check box is ticked; null without one. */
  task: boolean | null = null;
  readonly #blocks: Block[] = [];
  readonly #inline: InlineCollector;

  constructor({ kind, frames = [], isHeading = false, depth = 0 }: FlowOptions) {
    this.kind = kind;
    this.depth = depth;
    this.isHeading = isHeading;
    this.#inline = new InlineCollector({ isHeading, frames });
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0 && this.#inline.isEmpty;
  }

  /** Whether lists, quotes, tables and the like can stand here as what they are. */
  get takesBlocks(): boolean {
    return this.kind === "blocks" && this.depth < MAX_NESTING;
  }

  /** For content that becomes a part of this flow: see {@link Flow.block}. */
  inner(kind: FlowKind, isHeading = false): Flow {
    return new Flow({ kind, isHeading, frames: this.#inline.frames, depth: this.depth + 1 });
  }

  isOpen(kind: FrameKind): boolean {
    return this.#inline.isOpen(kind);
  }

  within(frame: Frame, read: () => void): void {
    this.#inline.open(frame);
    read();
    this.#inline.close();
  }

  text(raw: string): void {
    if (this.#endsParagraph() && raw.trim() !== "") this.#flush();
    this.#inline.text(raw);
  }

  atom(inline: Inline): void {
    if (this.#endsParagraph()) this.#flush();
    this.#inline.atom(inline);
  }

  break(): void {
    if (this.kind === "line") this.#inline.space();
    else this.#inline.break();
  }

  border(): void {
    if (this.kind === "blocks") this.#flush();
    else this.break();
  }

  block(block: Block): void {
    this.#flush();
    // Footnotes say by themselves that the text is over.
    if (block.kind === "note" && this.#blocks.at(-1)?.kind === "rule") this.#blocks.pop();
    this.#blocks.push(block);
  }

  finish(): readonly Block[] {
    this.#flush();
    return this.#blocks;
  }

  /** The content of a line or cell. */
  finishLine(): readonly Inline[] {
    return this.#inline.take();
  }

  /** Two line breaks are how many pages part paragraphs. */
  #endsParagraph(): boolean {
    return this.#inline.pendingBreaks > 1 && this.kind === "blocks";
  }

  #flush(): void {
    if (this.#inline.isEmpty) {
      this.#inline.take();
      return;
    }
    const content = this.#inline.take();
    if (content.length > 0) this.#blocks.push({ kind: "paragraph", content });
  }
}
