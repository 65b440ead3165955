import { dropInvisible } from "./fold-text.ts";

const MAX_LENGTH = 1000;

/** Text of an attribute. Its line breaks stay, since some hold lists; blank lines don't. */
export function foldTitle(title: string): string {
  if (title === "") return "";
  const lines = dropInvisible(title)
    .slice(0, MAX_LENGTH)
    .split(/[\n\r]+/);
  return lines
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
