import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import type { Selection } from "../../tree/tree.ts";
import { dropLineNumbers, type LoneNumber } from "./drop-line-numbers.ts";
import { dropInvisible } from "./fold-text.ts";
import { keptText } from "./kept-text.ts";

/** Names of what holds the numbers of lines; it is dropped where it holds nothing but numbers. */
const GUTTER = /line-?no|line-?num|gutter|ln-?num|blob-num|hljs-ln-n|code-num/i;
const NUMBERS = /^[\s\d.:|]*$/;

/** Parts of a code block that are no code. */
const NO_CODE: ReadonlySet<number> = new Set([
  Tag.BUTTON,
  Tag.SCRIPT,
  Tag.STYLE,
  Tag.SVG,
  Tag.TEMPLATE,
  Tag.TEXTAREA,
  Tag.SELECT,
]);

/** A longer text is no number of a line. */
const MAX_NUMBER_LENGTH = 12;
const LONE_NUMBER = /^\s*(\d+)[.:|]?\s*$/;

/** The text of a code block, its white space untouched; elements that stand on lines of their own begin lines. */
export function codeText(selection: Selection, node: number): string {
  const reading = new CodeReading(selection);
  reading.children(node);
  return dropInvisible(reading.finish()).replaceAll("\r\n", "\n").replaceAll("\u00A0", " ");
}

class CodeReading {
  readonly #pieces: string[] = [];
  #length = 0;
  /** Set where a line is over: the next text begins a new one. */
  #isLineOver = false;
  readonly #numbers: LoneNumber[] = [];
  readonly #selection: Selection;

  constructor(selection: Selection) {
    this.#selection = selection;
  }

  finish(): string {
    return dropLineNumbers(this.#pieces.join(""), this.#numbers);
  }

  children(node: number): void {
    const { tree } = this.#selection;
    const end = tree.end[node] ?? node;
    let before = -1;
    for (let child = node + 1; child < end; child = tree.end[child] ?? end) {
      if (this.#selection.keep[child] !== 1) continue;
      // Pages that show each line as a `code` of its own put nothing between them.
      if (tree.tag[child] === Tag.CODE && tree.tag[before] === Tag.CODE) this.#endLine();
      this.#node(child);
      before = child;
    }
  }

  #node(node: number): void {
    const { tree } = this.#selection;
    const tag = tree.tag[node] ?? Tag.TEXT;
    if (tag === Tag.TEXT) this.#write(tree.text(node));
    else if (tag === Tag.BR) this.#write("\n");
    else if (NO_CODE.has(tag) || isGutter(this.#selection, node) || isBar(this.#selection, node)) {
      return;
    } else this.#element(node, tag);
  }

  #element(node: number, tag: number): void {
    const isLine = traitsOf(tag) & Trait.BLOCK && !CELLS.has(tag);
    if (isLine) this.#endLine();
    const [piece, start] = [this.#pieces.length, this.#length];
    this.children(node);
    if (this.#length - start <= MAX_NUMBER_LENGTH) this.#noteNumber(node, piece);
    if (isLine) this.#endLine();
  }

  /** Remembers an element of which nothing was read but a number, from a piece on. */
  #noteNumber(node: number, piece: number): void {
    const look = this.#selection.tree.attribute(node, "class") ?? "";
    const text = this.#pieces
      .slice(piece)
      .join("")
      .replace(/^\s*\n/, "");
    const value = LONE_NUMBER.exec(text)?.[1];
    if (look === "" || value === undefined) return;
    const [start, end] = [this.#length - text.length, this.#length];
    // An element that only wraps another one says nothing new.
    if (this.#numbers.at(-1)?.end === end) return;
    this.#numbers.push({ value: Number(value), look, start, end });
  }

  #endLine(): void {
    this.#isLineOver = this.#length > 0 && !this.#pieces.at(-1)?.endsWith("\n");
  }

  #write(text: string): void {
    if (text === "") return;
    if (this.#isLineOver && !text.startsWith("\n")) this.#push("\n");
    this.#isLineOver = false;
    this.#push(text);
  }

  #push(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
  }
}

const CELLS: ReadonlySet<number> = new Set([Tag.TD, Tag.TH]);

/** The numbers of lines, which are not to be copied with them. */
function isGutter(selection: Selection, node: number): boolean {
  const { tree } = selection;
  const isNamed =
    GUTTER.test(tree.attribute(node, "class") ?? "") ||
    NOT_SELECTED.test(tree.attribute(node, "style") ?? "") ||
    tree.attribute(node, "data-line-number") !== null;
  return isNamed && NUMBERS.test(keptText(selection, node));
}

const NOT_SELECTED = /user-select\s*:\s*none/i;
const BAR = /(?:^|[\s_-])(?:header|toolbar|tool-bar|copy|title-?bar|actions)(?:$|[\s_-])/i;
const MAX_BAR_LENGTH = 40;

/** A bar above code: its language, a button to copy it. */
function isBar(selection: Selection, node: number): boolean {
  const { tree } = selection;
  if (tree.tag[node] !== Tag.DIV || !BAR.test(tree.attribute(node, "class") ?? "")) return false;
  return keptText(selection, node, MAX_BAR_LENGTH + 1).trim().length <= MAX_BAR_LENGTH;
}
