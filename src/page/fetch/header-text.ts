import { fromLatin1 } from "./charset/latin1.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a header that a server may have sent in UTF-8 although headers are bytes: `Location` often is.
 * Anything else is Latin-1, as it came.
 */
export function headerText(value: string): string {
  const isBytes = !/[^\p{ASCII}\x80-\xff]/u.test(value);
  if (!isBytes || /^\p{ASCII}*$/u.test(value)) return value;
  try {
    return utf8.decode(fromLatin1(value));
  } catch {
    // Not UTF-8 after all.
    return value;
  }
}
