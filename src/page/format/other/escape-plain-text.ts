import { escapeText } from "../markdown/escape-text.ts";

/**
 * Plain text as Markdown that reads as the text does: its lines stay, and what would be markup is escaped.
 * Indented lines after a blank one are code in Markdown, which shows them as they are.
 */
export function escapePlainText(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  let isCode = false;
  let isAfterBlank = true;
  return lines
    .map((line) => {
      const isBlank = line.trim() === "";
      if (!isBlank) isCode = /^(?: {4}|\t)/.test(line) && (isCode || isAfterBlank);
      isAfterBlank = isBlank;
      return isBlank ? "" : isCode ? line : escapeLine(line);
    })
    .join("\n")
    .trim();
}

function escapeLine(line: string): string {
  const start = /^[ \t]*/.exec(line)?.[0] ?? "";
  const text = escapeText(line.trim(), {
    before: "",
    after: "",
    isLineStart: true,
    isInBrackets: false,
  });
  // Four spaces within a paragraph are none.
  return start.replace(/\t/g, "    ").slice(0, 3) + text;
}
