/** The most likely encoding of bytes that name none and are not UTF-8. */
export function guessEncoding(_bytes: Uint8Array): string {
  return "windows-1252";
}
