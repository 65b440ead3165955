/** The length of the longest run of `character` in a text. */
export function longestRun(text: string, character: string): number {
  let longest = 0;
  let at = text.indexOf(character);
  while (at !== -1) {
    let end = at + 1;
    while (text[end] === character) end++;
    longest = Math.max(longest, end - at);
    at = text.indexOf(character, end);
  }
  return longest;
}
