import type { Json } from "./json.ts";

/** What editors and templates break JSON with, and how it is mended: one after the other until it parses. */
const REPAIRS: readonly { readonly mend: (text: string) => string; readonly why: string }[] = [
  {
    mend: (text) => withoutClosing(text.trimStart().replace(OPENING, "")),
    why: "it is hidden from browsers that know no scripts",
  },
  { mend: escapeControls, why: "line breaks within strings" },
  {
    mend: (text) => text.replace(/,(?=\s*[}\]])/g, ""),
    why: "a comma after the last entry",
  },
  {
    mend: (text) => text.replace(/\\(?!["\\/bfnrtu])/g, "\\\\"),
    why: "backslashes that escape nothing",
  },
  { mend: firstValue, why: "something follows the value" },
];

const OPENING = /^(?:<!--|(?:\/\/|\/\*)?\s*<!\[CDATA\[(?:\s*\*\/)?)/;

/** Parses JSON that may be broken; undefined where it can't be mended. */
export function parseLenientJson(text: string): Json | undefined {
  let mended = text;
  let value = parse(mended);
  for (const { mend } of REPAIRS) {
    if (value !== undefined) return value;
    const next = mend(mended);
    if (next !== mended) value = parse(next);
    mended = next;
  }
  return value;
}

function parse(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    // Broken as yet: the next repair may help.
    return undefined;
  }
}

/** By hand: a pattern that is tied to the end tries every run of spaces anew. */
function withoutClosing(text: string): string {
  const end = text.trimEnd();
  if (end.endsWith("-->")) return end.slice(0, -3);
  const marked = withoutEnd(end, "*/").trimEnd();
  if (!marked.endsWith("]]>")) return text;
  const rest = marked.slice(0, -3).trimEnd();
  return withoutEnd(withoutEnd(rest, "//"), "/*");
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function escapeControls(text: string): string {
  let escaped = "";
  for (let at = 0; at < text.length; ) {
    const end = pieceEnd(text, at);
    const piece = text.slice(at, end);
    escaped += piece.startsWith('"') ? piece.replace(/\p{Cc}/gu, escapeControl) : piece;
    at = end;
  }
  return escaped;
}

function escapeControl(control: string): string {
  return JSON.stringify(control).slice(1, -1);
}

/** The text up to where its first brackets are closed. */
function firstValue(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const end = pieceEnd(text, at);
    if (text[at] === "{" || text[at] === "[") depth++;
    else if (text[at] === "}" || text[at] === "]") depth--;
    if (depth === 0 && (text[at] === "}" || text[at] === "]")) return text.slice(0, end);
    at = end;
  }
  return text;
}

/** Where the string that begins at `at` ends, or else the character there. */
function pieceEnd(text: string, at: number): number {
  if (text[at] !== '"') return at + 1;
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return Math.min(end + 1, text.length);
}
