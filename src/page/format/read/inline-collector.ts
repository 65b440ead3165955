import type { Inline, SpanKind } from "../document.ts";
import { foldText, joinsLines } from "./fold-text.ts";

/** What can be open around text. `code` is no node of its own: the text inside becomes code, piece by piece. */
export type FrameKind = SpanKind | "link" | "code";

export interface LinkTarget {
  readonly href: string;
  readonly title: string;
  /** A link around several blocks stands on the heading among them. */
  readonly onlyInHeading: boolean;
  /** True once it stands on text, or on many pictures: it is then written, and not once more on the next block. */
  used: boolean;
  /** On how many blocks of nothing but pictures it stands. */
  pictures: number;
}

export interface Frame {
  readonly kind: FrameKind;
  readonly link: LinkTarget | null;
  /** Means more within an element of its kind: stress upon stress. Others are the doubling of editors. */
  readonly nests?: boolean;
}

interface OpenFrame extends Frame {
  /** Adds nothing: within code, or within an element of its kind. */
  readonly isThrough: boolean;
  /** Where its text goes; null as long as it has none, so that empty elements leave nothing. */
  content: Inline[] | null;
}

/** Kinds that make one where two of them touch, as editors write them. */
const MERGES: ReadonlySet<string> = new Set<FrameKind>(["emphasis", "strong", "strike"]);
/** Blocks of pictures, before any text, that one link is written on: its address may be a long one. */
const MAX_PICTURES_IN_LINK = 8;
const SPACE = 32;
const INK = /[^ \t\n\f\r]/;
/** Stands for an image, a formula and the like as the character before or after. */
const OBJECT = "\uFFFC";

/**
 * Gathers the inline content of one block. Spaces and line breaks are held back until something follows: they
 * are then written outside of the elements that open or close beside them, and never at the borders of a block.
 */
export class InlineCollector {
  #root: Inline[] = [];
  readonly #frames: OpenFrame[] = [];
  #space: "none" | "space" | "newline" = "none";
  #breaks = 0;
  #last = "";
  #hasText = false;
  /** The span that was closed last: it goes on if one of its kind follows at once. */
  #closed: OpenFrame | null = null;
  readonly #isHeading: boolean;

  constructor(options: { readonly isHeading: boolean; readonly frames: readonly Frame[] }) {
    this.#isHeading = options.isHeading;
    for (const frame of options.frames) this.open(frame);
  }

  get isEmpty(): boolean {
    return this.#root.length === 0;
  }

  /** Line breaks that wait for what follows. */
  get pendingBreaks(): number {
    return this.#breaks;
  }

  /** What is open now, for content that is gathered apart. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  open(frame: Frame): void {
    const isThrough = frame.kind !== "link" && this.isOpen("code");
    const isDouble = !frame.nests && this.isOpen(frame.kind);
    this.#frames.push({ ...frame, isThrough: isThrough || isDouble, content: null });
  }

  close(): void {
    const frame = this.#frames.pop();
    if (frame && frame.content !== null && MERGES.has(frame.kind)) this.#closed = frame;
  }

  isOpen(kind: FrameKind): boolean {
    for (const frame of this.#frames) if (frame.kind === kind) return true;
    return false;
  }

  text(raw: string): void {
    if (!INK.test(raw)) {
      this.#hold(raw, 0, 1);
      return;
    }
    const folded = foldText(raw);
    const start = folded.charCodeAt(0) === SPACE ? 1 : 0;
    if (start === 1) this.#hold(raw, 0, 1);
    if (folded.length === start) return;
    const end = folded.length - (folded.charCodeAt(folded.length - 1) === SPACE ? 1 : 0);
    this.#write(folded.slice(start, end));
    if (end < folded.length) this.#hold(raw, raw.length - 1, -1);
  }

  /** A border between words that the page shows without a space. */
  space(): void {
    if (this.#space === "none") this.#space = "space";
  }

  break(): void {
    if (this.#last !== "") this.#breaks++;
  }

  atom(inline: Inline): void {
    this.#settle(OBJECT).push(inline);
    this.#last = OBJECT;
    if (inline.kind !== "image") this.#hasText = true;
  }

  /** The content so far. Afterwards the collector is empty, with the same elements open. */
  take(): Inline[] {
    const content = trimNoBreakSpaces(this.#root);
    for (const frame of this.#frames) {
      if (frame.content !== null && frame.link) use(frame.link, this.#hasText);
      frame.content = null;
    }
    this.#root = [];
    this.#space = "none";
    this.#breaks = 0;
    this.#last = "";
    this.#hasText = false;
    this.#closed = null;
    return content;
  }

  /** Remembers a run of white space that touches the end `at` of `raw`, read in the direction of `step`. */
  #hold(raw: string, at: number, step: 1 | -1): void {
    if (this.#space === "space") return;
    this.#space = "space";
    // Whether a line was broken matters to some scripts only.
    if (!joinsLines(this.#last, this.#last)) return;
    for (let i = at; " \t\n\f\r".includes(raw.charAt(i) || "x"); i += step) {
      if (raw.charAt(i) === "\n") this.#space = "newline";
    }
  }

  #write(text: string): void {
    const isCode = this.#frames.length > 0 && this.isOpen("code");
    const container = this.#settle(text.charAt(0));
    appendText(container, isCode ? "code" : "text", isCode ? text.replaceAll("\u00A0", " ") : text);
    this.#last = text.charAt(text.length - 1);
    this.#hasText ||= text.trim() !== "";
  }

  /** Writes what was held back and opens what is to be open; returns where content that begins with `next` goes. */
  #settle(next: string): Inline[] {
    let container = this.#root;
    let isCode = false;
    const waiting: OpenFrame[] = [];
    for (const frame of this.#frames) {
      if (frame.isThrough) continue;
      if (frame.kind === "code") isCode = frame.content !== null;
      if (frame.content !== null) container = frame.content;
      else if (this.#canOpen(frame)) waiting.push(frame);
    }
    const first = waiting[0];
    if (first && this.#goesOn(container, first.kind)) {
      first.content = this.#closed?.content ?? null;
      container = first.content ?? container;
      waiting.shift();
    }
    this.#release(container, next, isCode && waiting.length === 0);
    for (const frame of waiting) container = openIn(container, frame);
    return container;
  }

  #canOpen({ link }: OpenFrame): boolean {
    return link === null || (!link.used && (!link.onlyInHeading || this.#isHeading));
  }

  /** True when a span of this kind that opens now is the one that was closed just before. */
  #goesOn(container: readonly Inline[], kind: FrameKind): boolean {
    if (this.#closed?.kind !== kind || this.#breaks > 0) return false;
    const last = container.at(-1);
    return last !== undefined && "content" in last && last.content === this.#closed.content;
  }

  #release(container: Inline[], next: string, isCode: boolean): void {
    if (this.#breaks > 0) container.push({ kind: "break" });
    else if (this.#space !== "none" && this.#last !== "") {
      const isJoined = this.#space === "newline" && joinsLines(this.#last, next);
      if (!isJoined) appendText(container, isCode ? "code" : "text", " ");
    }
    this.#breaks = 0;
    this.#space = "none";
  }
}

function use(link: LinkTarget, onText: boolean): void {
  if (!onText) link.pictures += 1;
  link.used = onText || link.pictures >= MAX_PICTURES_IN_LINK;
}

function openIn(container: Inline[], frame: OpenFrame): Inline[] {
  if (frame.kind === "code") {
    frame.content = container;
    return container;
  }
  const content: Inline[] = [];
  frame.content = content;
  if (frame.kind !== "link") container.push({ kind: frame.kind, content });
  else if (frame.link) {
    container.push({ kind: "link", href: frame.link.href, title: frame.link.title, content });
  }
  return content;
}

function appendText(container: Inline[], kind: "text" | "code", text: string): void {
  const last = container.at(-1);
  if (last?.kind === kind) container[container.length - 1] = { kind, text: last.text + text };
  else container.push({ kind, text });
}

/** No-break spaces at the borders of a block only push its text about, and breaks before them part it from nothing. */
function trimNoBreakSpaces(content: Inline[]): Inline[] {
  trimAt(content, 0, trimStartSpaces);
  trimAt(content, content.length - 1, trimEndSpaces);
  while (content.at(-1)?.kind === "break") {
    content.pop();
    trimAt(content, content.length - 1, trimEndSpaces);
  }
  return content;
}

function trimAt(content: Inline[], at: number, trim: (text: string) => string): void {
  const inline = content[at];
  if (inline?.kind !== "text") return;
  const text = trim(inline.text);
  if (text === "") content.splice(at, 1);
  else if (text !== inline.text) content[at] = { kind: "text", text };
}

function trimStartSpaces(text: string): string {
  let start = 0;
  while (text[start] === "\u00A0" || text[start] === " ") start++;
  return text.slice(start);
}

/** A loop, since a pattern bound to the end of a text looks at long runs again and again. */
function trimEndSpaces(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === "\u00A0" || text[end - 1] === " ")) end--;
  return text.slice(0, end);
}
