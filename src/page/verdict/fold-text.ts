/** Text for comparison: lower case, one form of each character, straight quotes, single spaces. */
export function foldText(text: string): string {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      // Of the Turkish capital İ a dot of its own is left.
      .replaceAll("\u0307", "")
      .replace(/[‘’ʼ`´]/g, "'")
      .replace(/\s+/g, " ")
      .trim()
  );
}
