/** All lines but the first behind `prefix`; blank lines get none of its spaces at the end. */
export function indent(text: string, prefix: string): string {
  if (!text.includes("\n")) return text;
  const bare = prefix.trimEnd();
  return text.replace(/\n(?=(\n|$)?)/g, (_break, isBlank: string | undefined) =>
    isBlank === undefined ? `\n${prefix}` : `\n${bare}`,
  );
}
