import type { Code, Image, Inline, Link, Span } from "../document.ts";
import { type CharacterClass, classOfFirst, classOfLast } from "./character-class.ts";
import { escapeText, type TextPlace } from "./escape-text.ts";
import { hoistBorders } from "./hoist-borders.ts";
import { longestRun } from "./longest-run.ts";
import { writeDestination, writeTitle } from "./write-destination.ts";
import { writeTex } from "./write-tex.ts";

export interface InlinePlace extends TextPlace {
  /** Delimiters of the elements that are open around: none stands within itself. */
  readonly open: readonly string[];
  /** The sign that ends what is directly before, where it is no text: more of it would be taken for the same run. */
  readonly runBefore: string;
  /** A span of a word follows directly, which may have to do without delimiters. */
  readonly isBeforeWordSpan: boolean;
}

/** In a paragraph, whose first line may look like the beginning of another block. */
export const PARAGRAPH: InlinePlace = {
  before: "",
  after: "",
  isLineStart: true,
  isInBrackets: false,
  open: [],
  runBefore: "",
  isBeforeWordSpan: false,
};

/** In a heading or a cell. */
export const LINE: InlinePlace = { ...PARAGRAPH, isLineStart: false };

/** Most texts hold nothing of it, and are written as they are. */
const MAY_NEED_ESCAPES = /[\\`*_~[\]<&!\n]/;

/** Inline content as Markdown, for the place where it will stand. */
export function writeInlines(content: readonly Inline[], place: InlinePlace): string {
  const pieces: string[] = [];
  let { before, isLineStart } = place;
  let runBefore = "";
  for (const [index, inline] of content.entries()) {
    const next = content[index + 1];
    if (inline.kind === "text" && !isLineStart && !MAY_NEED_ESCAPES.test(inline.text)) {
      pieces.push(inline.text);
      before = inline.text.slice(-2);
      runBefore = "";
      continue;
    }
    const piece = writeInline(inline, {
      ...place,
      before,
      after: firstOf(next) ?? place.after,
      isLineStart,
      runBefore,
      isBeforeWordSpan: next?.kind !== "text" && isWordSpan(next),
    });
    if (piece === "") continue;
    pieces.push(piece);
    before = piece.slice(-2);
    isLineStart = piece.endsWith("\n");
    runBefore = /(?:^|[^\\])([*_~`])$/.exec(before)?.[1] ?? "";
  }
  return pieces.join("");
}

function writeInline(inline: Inline, place: InlinePlace): string {
  switch (inline.kind) {
    case "text":
      return escapeText(inline.text, place);
    case "code":
      // Two runs of backticks that touch are one.
      return place.runBefore === "`" ? ` ${writeCode(inline)}` : writeCode(inline);
    case "link":
      return writeLink(inline, place);
    case "image":
      return writeImage(inline);
    case "break":
      return "  \n";
    case "math":
      return writeTex(inline.tex, "$");
    case "note-reference":
      return `[^${inline.label}]`;
    case "sub":
    case "sup":
      return `<${inline.kind}>${writeInside(inline.content, place, "<")}</${inline.kind}>`;
    case "strong":
      return writeSpan(inline, place, "**");
    case "strike":
      return writeSpan(inline, place, "~~");
    case "emphasis":
      return writeSpan(inline, place, emphasisDelimiter(inline, place));
  }
}

/** What an inline's Markdown begins with. */
function firstOf(inline: Inline | undefined): string | null {
  switch (inline?.kind) {
    case undefined:
      return null;
    case "text":
      return inline.text.slice(0, 2);
    case "code":
      return "`";
    case "link":
    case "note-reference":
      return "[";
    case "image":
      return "!";
    case "break":
      return " ";
    case "math":
      return "$";
    case "sub":
    case "sup":
      return "<";
    case "strike":
      return "~";
    case "strong":
    case "emphasis":
      return "*";
  }
}

/**
 * Underscores, which can't be taken for a part of `**`, where they count: not within a word or themselves. What is
 * strong as a whole stands between three asterisks, as people write it.
 */
function emphasisDelimiter({ content }: Span, place: InlinePlace): "_" | "*" {
  if (content.length === 1 && content[0]?.kind === "strong") return "*";
  const counts = isWordBorder(place) && !place.open.includes("_") && place.runBefore !== "_";
  return counts ? "_" : "*";
}

function isWordBorder({ before, after }: InlinePlace): boolean {
  return classOfLast(before) !== "word" && classOfFirst(after) !== "word";
}

function writeInside(content: readonly Inline[], place: InlinePlace, delimiter: string): string {
  return writeInlines(content, {
    ...place,
    before: delimiter,
    after: delimiter,
    isLineStart: false,
  });
}

/**
 * Delimiters count only where the text inside begins and ends with more weight than what is outside, so
 * punctuation at the borders moves out; where that does not help, the text stands without them.
 */
function writeSpan(span: Span, place: InlinePlace, delimiter: string): string {
  const inner = { ...place, open: [...place.open, delimiter] };
  if (place.runBefore === delimiter.charAt(0) || place.open.includes(delimiter))
    return writeInlines(span.content, place);
  const outside = {
    before: classOfLast(place.before),
    after: place.isBeforeWordSpan ? "word" : classOfFirst(place.after),
  } as const;
  const { lead, content, tail } = hoistBorders(span.content, outside);
  const isWritable =
    fits(outside.before, edgeClass(content[0], delimiter, classOfFirst), lead) &&
    fits(outside.after, edgeClass(content.at(-1), delimiter, classOfLast), tail);
  const text = isWritable ? writeInside(content, inner, delimiter) : "";
  if (text === "" || classOfFirst(text) === "space" || classOfLast(text) === "space") {
    return writeInlines(span.content, place);
  }
  const before = lead === "" ? "" : escapeText(lead, { ...place, after: delimiter });
  const after =
    tail === "" ? "" : escapeText(tail, { ...place, before: delimiter, isLineStart: false });
  return `${before}${delimiter}${text}${delimiter}${after}`;
}

/** Whether a delimiter counts between these two; `hoisted` text stands between it and what is outside. */
function fits(outside: CharacterClass, inside: CharacterClass, hoisted: string): boolean {
  if (inside === "space") return false;
  return inside === "word" || outside !== "word" || hoisted !== "";
}

/** The class of what a delimiter touches: asterisks of strong text make one run with its own. */
function edgeClass(
  inline: Inline | undefined,
  delimiter: string,
  classOf: (text: string) => CharacterClass,
): CharacterClass {
  if (inline === undefined || inline.kind === "break") return "space";
  if (inline.kind === "text") return classOf(inline.text);
  if (inline.kind !== "strong" || delimiter !== "*") return "punctuation";
  const edge = classOf === classOfFirst ? inline.content[0] : inline.content.at(-1);
  return edgeClass(edge, delimiter, classOf);
}

function isWordSpan(inline: Inline | undefined): boolean {
  if (inline?.kind === "text") return classOfFirst(inline.text) === "word";
  const isSpan =
    inline?.kind === "strong" || inline?.kind === "emphasis" || inline?.kind === "strike";
  return isSpan && isWordSpan(inline.content[0]);
}

function writeCode({ text }: Code): string {
  const fence = "`".repeat(longestRun(text, "`") + 1);
  const isPadded = text.startsWith("`") || text.endsWith("`") || /^ .* $/.test(text);
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function writeLink({ href, title, content }: Link, place: InlinePlace): string {
  const [first] = content;
  if (title === "" && content.length === 1 && first?.kind === "text") {
    if (isAutolink(href, first.text)) return `<${first.text}>`;
  }
  const text = writeInlines(content, {
    ...place,
    before: "[",
    after: "]",
    isLineStart: false,
    isInBrackets: true,
  });
  return `[${text}](${writeDestination(href)}${writeTitle(title)})`;
}

function isAutolink(href: string, text: string): boolean {
  if (text === href) return /^[a-z][a-z\d+.-]{1,31}:[^\s<>]*$/i.test(href);
  return href === `mailto:${text}` && /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+$/.test(text);
}

function writeImage({ src, alt, title }: Image): string {
  const text = escapeText(alt, { before: "[", after: "]", isLineStart: false, isInBrackets: true });
  return `![${text}](${writeDestination(src)}${writeTitle(title)})`;
}
