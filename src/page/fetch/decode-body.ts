import { decodeKorean } from "./charset/decode-korean.ts";
import { guessEncoding } from "./charset/guess-encoding.ts";
import {
  encodingOf,
  sniffByteOrderMark,
  sniffDeclaredEncoding,
  sniffShape,
} from "./charset/sniff-charset.ts";

export interface DecodedBody {
  /** Well-formed Unicode without a byte order mark. */
  readonly text: string;
  /** The WHATWG name of the encoding that was read. */
  readonly encoding: string;
}

/**
 * Bytes of a page as text, by the WHATWG's order: byte order mark, `charset` of the Content-Type, meta element, XML
 * declaration, then a guess. A label that the bytes plainly contradict is passed over.
 */
export function decodeBody(bytes: Uint8Array, charset: string | null): DecodedBody {
  const marked = sniffByteOrderMark(bytes);
  if (marked !== null) return decodeAs(bytes, marked);
  const labels = [encodingOf(charset), sniffDeclaredEncoding(bytes)]
    .filter((label) => label !== null)
    .filter((label) => !contradicts(bytes, label));
  const label = labels[0] ?? sniffShape(bytes);
  if (label === null || MAY_BE_UTF8.has(label)) {
    const text = decodeUtf8(bytes);
    if (text !== null) return { text, encoding: "utf-8" };
  }
  return label === null || label === "utf-8"
    ? decodeBroken(bytes, labels[1] ?? null)
    : decodeAs(bytes, label);
}

/** windows-1252 is what servers say that know nothing; text in it is never valid UTF-8 by chance. */
const MAY_BE_UTF8: ReadonlySet<string> = new Set(["utf-8", "windows-1252"]);

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    // Not valid: the caller has other ideas.
    return null;
  }
}

/** What should be UTF-8 and is not: some bytes gone bad, or another encoding, in which nearly all would be bad. */
function decodeBroken(bytes: Uint8Array, otherLabel: string | null): DecodedBody {
  const broken = decodeAs(bytes, "utf-8");
  const bad = broken.text.match(/\ufffd/g)?.length ?? 0;
  const good = broken.text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  if (bad * 4 <= good) return broken;
  return decodeAs(bytes, otherLabel ?? guessEncoding(bytes));
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedBody {
  const text =
    encoding === "euc-kr" ? decodeKorean(bytes) : new TextDecoder(encoding).decode(bytes);
  return { text: text.toWellFormed(), encoding };
}

/** Markup in UTF-16 has a zero in every second byte: without one the label is wrong. */
function contradicts(bytes: Uint8Array, label: string): boolean {
  return label.startsWith("utf-16") && bytes.length > 1 && !bytes.subarray(0, 1024).includes(0);
}
