import { scanTags } from "../scan-tags.ts";
import { toLatin1 } from "./latin1.ts";

/** How far browsers look for a `<meta charset>` (WHATWG HTML, "prescan"). */
const PRESCANNED_BYTES = 1024;

interface Mark {
  readonly bytes: readonly number[];
  readonly encoding: string;
}

const BYTE_ORDER_MARKS: readonly Mark[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
];

/** `<?x` in UTF-16, for XML without a byte order mark. */
const WIDE_XML: readonly Mark[] = [
  { bytes: [0x3c, 0, 0x3f, 0, 0x78, 0], encoding: "utf-16le" },
  { bytes: [0, 0x3c, 0, 0x3f, 0, 0x78], encoding: "utf-16be" },
];

/** The encoding of a byte order mark, which beats everything else. */
export function sniffByteOrderMark(bytes: Uint8Array): string | null {
  return startsWithAny(bytes, BYTE_ORDER_MARKS);
}

/** The encoding that the page names in itself: in a meta element, else in its XML declaration. */
export function sniffDeclaredEncoding(bytes: Uint8Array): string | null {
  const start = toLatin1(bytes.subarray(0, PRESCANNED_BYTES));
  return sniffMeta(start) ?? startsWithAny(bytes, WIDE_XML) ?? sniffXmlDeclaration(start);
}

const ESCAPE = 0x1b;
const DOLLAR = 0x24;

/** The encoding that bytes without any label cannot hide: a zero in every second one, or escapes between scripts. */
export function sniffShape(bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, PRESCANNED_BYTES);
  const zerosAt = (parity: number) =>
    start.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const many = start.length / 4;
  if (even > many && odd === 0) return "utf-16be";
  if (odd > many && even === 0) return "utf-16le";
  // "ESC $ B" begins two-byte characters (RFC 1468).
  const escapeAt = bytes.indexOf(ESCAPE);
  return escapeAt !== -1 && bytes[escapeAt + 1] === DOLLAR ? "iso-2022-jp" : null;
}

/** The encoding that a label means (WHATWG Encoding); null for unknown ones, and for those refused as unsafe. */
export function encodingOf(label: string | null | undefined): string | null {
  if (label === null || label === undefined) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    // No encoding, or one that is used for attacks only: utf-7, and what the standard calls "replacement".
    return null;
  }
}

function startsWithAny(bytes: Uint8Array, marks: readonly Mark[]): string | null {
  const found = marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte));
  return found?.encoding ?? null;
}

const NOTHING_SKIPPED: ReadonlySet<string> = new Set();

function sniffMeta(start: string): string | null {
  for (const { name, attributes } of scanTags(start, NOTHING_SKIPPED)) {
    if (name !== "meta") continue;
    const encoding = encodingOf(attributes.get("charset") ?? charsetOfPragma(attributes));
    if (encoding !== null) return asReadable(encoding);
  }
  return null;
}

function charsetOfPragma(attributes: ReadonlyMap<string, string>): string | null {
  if (attributes.get("http-equiv")?.toLowerCase() !== "content-type") return null;
  const [, double, single, plain] =
    /charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r ;"']+))/i.exec(
      attributes.get("content") ?? "",
    ) ?? [];
  return double ?? single ?? plain ?? null;
}

function sniffXmlDeclaration(start: string): string | null {
  const [declaration] = /^<\?xml[^>]*>/.exec(start) ?? [];
  const [, double, single] = /encoding\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(declaration ?? "") ?? [];
  const encoding = encodingOf(double ?? single);
  return encoding === null ? null : asReadable(encoding);
}

/** What was read as ASCII cannot be UTF-16, and nobody means x-user-defined. */
function asReadable(encoding: string): string {
  if (encoding.startsWith("utf-16")) return "utf-8";
  return encoding === "x-user-defined" ? "windows-1252" : encoding;
}
