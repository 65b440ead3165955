import type { Inline } from "../document.ts";
import { type CharacterClass, classOfFirst, classOfLast } from "./character-class.ts";

export interface Hoisted {
  readonly lead: string;
  readonly content: readonly Inline[];
  readonly tail: string;
}

/**
 * Takes from the borders of a span what would keep its delimiters from counting: spaces, and punctuation that
 * touches a word outside (`**Note:**the` is no strong text; `**Note**:the` is).
 */
export function hoistBorders(
  content: readonly Inline[],
  outside: { readonly before: CharacterClass; readonly after: CharacterClass },
): Hoisted {
  const inner = [...content];
  const lead = cutStart(inner, outside.before);
  const tail = cutEnd(inner, outside.after);
  return { lead, content: inner, tail };
}

function cutStart(content: Inline[], outside: CharacterClass): string {
  const first = content[0];
  if (first?.kind !== "text") return "";
  let at = 0;
  while (at < first.text.length && moves(classOfFirst(first.text.slice(at, at + 2)), outside)) {
    at += (first.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  replaceText(content, 0, first.text.slice(at));
  return first.text.slice(0, at);
}

function cutEnd(content: Inline[], outside: CharacterClass): string {
  const last = content.at(-1);
  if (last?.kind !== "text") return "";
  let end = last.text.length;
  while (end > 0 && moves(classOfLast(last.text.slice(Math.max(0, end - 2), end)), outside)) {
    end -= isLowSurrogate(last.text.charCodeAt(end - 1)) ? 2 : 1;
  }
  replaceText(content, content.length - 1, last.text.slice(0, end));
  return last.text.slice(end);
}

function moves(inside: CharacterClass, outside: CharacterClass): boolean {
  return inside === "space" || (inside === "punctuation" && outside === "word");
}

function replaceText(content: Inline[], at: number, text: string): void {
  if (text === "") content.splice(at, 1);
  else content[at] = { kind: "text", text };
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
