/** Progress goes to stderr, so that stdout holds the results alone. */
export function say(line: string): void {
  console.error(`· ${line}`);
}
