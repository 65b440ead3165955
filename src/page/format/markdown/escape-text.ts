import { classOfFirst, classOfLast } from "./character-class.ts";

/** Where a text stands in the Markdown that is being written. */
export interface TextPlace {
  /** What is written directly before and after; "" at the border of a block. */
  readonly before: string;
  readonly after: string;
  readonly isLineStart: boolean;
  /** In the text of a link or image, where square brackets must not end it. */
  readonly isInBrackets: boolean;
}

/** A cheap test that most texts fail: they need no escapes within their lines. */
const SUSPECT = /[\\`*_~[\]<&]/;
const MARKS = /\\|`|\*+|_+|~+|[[\]]|<(?=[a-zA-Z/!?])|&(?=#|[a-zA-Z])/g;
const ENTITY = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});/y;
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/;

/** Text so that Markdown reads it as text. What would be read as text anyhow stays as it is. */
export function escapeText(text: string, place: TextPlace): string {
  const inner = SUSPECT.test(text) ? escapeMarks(text, place) : text;
  const lines = place.isLineStart || inner.includes("\n") ? escapeLines(inner, place) : inner;
  return place.after.startsWith("[") && lines.endsWith("!") ? `${lines.slice(0, -1)}\\!` : lines;
}

function escapeMarks(text: string, place: TextPlace): string {
  const endsBrackets = place.isInBrackets && (/\[\^|\]\(/.test(text) || !isBalanced(text));
  return text.replace(MARKS, (mark, at: number) => {
    const before = at === 0 ? place.before : text.slice(Math.max(0, at - 2), at);
    const end = at + mark.length;
    const after = end === text.length ? place.after : text.slice(end, end + 2);
    return isMarkup(mark, { before, after, text, at, place, endsBrackets })
      ? mark.replace(/[\s\S]/g, "\\$&")
      : mark;
  });
}

interface MarkContext {
  readonly before: string;
  readonly after: string;
  readonly text: string;
  readonly at: number;
  readonly place: TextPlace;
  /** Square brackets would end those around the text. */
  readonly endsBrackets: boolean;
}

function isMarkup(mark: string, context: MarkContext): boolean {
  const { after, endsBrackets } = context;
  switch (mark.charAt(0)) {
    case "\\":
      return after === "" || after.startsWith("\n") || ASCII_PUNCTUATION.test(after.charAt(0));
    case "*":
      return isDelimiter(context, false);
    case "_":
      return isDelimiter(context, true);
    case "~":
      return isStrike(mark, context);
    case "[":
      return endsBrackets || after.startsWith("^");
    case "]":
      return endsBrackets || after.startsWith("(");
    case "&":
      return isEntity(context);
    default:
      return true;
  }
}

/** Whether square brackets close where they open: then they may stand in the text of a link as they are. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const bracket of text.match(/[[\]]/g) ?? []) {
    depth += bracket === "[" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Whether a run of delimiters could open or close emphasis, by the rules of CommonMark. */
function isDelimiter({ before, after }: MarkContext, isUnderscore: boolean): boolean {
  const [left, right] = [classOfLast(before), classOfFirst(after)];
  if (isUnderscore)
    return !(left === "word" && right === "word") && !(left === "space" && right === "space");
  return left !== "space" || right !== "space";
}

/** Two tildes strike text out, in some readers also one, or two of more. */
function isStrike(mark: string, { before, after }: MarkContext): boolean {
  if (before.endsWith("~") || after.startsWith("~")) return true;
  const [left, right] = [classOfLast(before), classOfFirst(after)];
  if (mark.length > 1) return left !== "space" || right !== "space";
  // A single one is written before numbers ("~5"), where it could only open; closing ones make the pair.
  return left === "word" && right !== "word";
}

function isEntity({ text, at }: MarkContext): boolean {
  ENTITY.lastIndex = at;
  return ENTITY.test(text);
}

/** What begins a block where it begins a line, and where the escape goes: before the group `at`. */
const LINE_STARTS: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^()#{1,6}(?=[ \t]|$)/, why: "heading" },
  { pattern: /^()>/, why: "quote" },
  { pattern: /^()[-+*](?=[ \t]|$)/, why: "item of a list" },
  { pattern: /^(\d{1,9})[.)](?=[ \t]|$)/, why: "item of a numbered list" },
  { pattern: /^()(?:[-_*][ \t]*){3,}$/, why: "rule" },
  { pattern: /^()(?:=+|-+)[ \t]*$/, why: "underline of a heading" },
  { pattern: /^()~{3,}/, why: "fence of code" },
  { pattern: /^()\[[^\]]*\\?\]:/, why: "definition of a link" },
  { pattern: /^()\[[ xX]\](?=\s|$)/, why: "check box" },
  { pattern: /^()[|:][|:\- \t]*-[|:\- \t]*$/, why: "line under the head of a table" },
  { pattern: /^()-[|:\- \t]*[|:][|:\- \t]*$/, why: "line under the head of a table" },
];
const LINE_SUSPECT = /^[#>\-+*\d_=~[|:]/;

function escapeLines(text: string, { isLineStart }: TextPlace): string {
  if (!text.includes("\n")) return escapeLineStart(text);
  return text
    .split("\n")
    .map((line, index) => (index > 0 || isLineStart ? escapeLineStart(line) : line))
    .join("\n");
}

function escapeLineStart(line: string): string {
  if (!LINE_SUSPECT.test(line)) return line;
  for (const { pattern } of LINE_STARTS) {
    const match = pattern.exec(line);
    if (!match) continue;
    const at = match[1]?.length ?? 0;
    return `${line.slice(0, at)}\\${line.slice(at)}`;
  }
  return line;
}
