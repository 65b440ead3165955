/** The entries of a comma list; blanks around them and empty entries mean nothing. */
export function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
