import { toLatin1 } from "./charset/latin1.ts";

/** As many bytes as the standard looks at (WHATWG MIME Sniffing, "resource header"). */
export const SNIFFED_BYTES = 1445;

interface Signature {
  readonly bytes: string;
  readonly at: number;
  readonly mediaType: string;
}

/** Formats that say what they are in their first bytes. Servers send them under any name. */
const SIGNATURES: readonly Signature[] = [
  { bytes: "%PDF-", at: 0, mediaType: "application/pdf" },
  { bytes: "%!PS-Adobe-", at: 0, mediaType: "application/postscript" },
  { bytes: "\x89PNG\r\n\x1a\n", at: 0, mediaType: "image/png" },
  { bytes: "\xff\xd8\xff", at: 0, mediaType: "image/jpeg" },
  { bytes: "GIF87a", at: 0, mediaType: "image/gif" },
  { bytes: "GIF89a", at: 0, mediaType: "image/gif" },
  { bytes: "WEBPVP", at: 8, mediaType: "image/webp" },
  { bytes: "ftypavif", at: 4, mediaType: "image/avif" },
  { bytes: "\0\0\x01\0", at: 0, mediaType: "image/x-icon" },
  { bytes: "WAVEfmt ", at: 8, mediaType: "audio/wave" },
  { bytes: "OggS\0", at: 0, mediaType: "application/ogg" },
  { bytes: "ID3\x03", at: 0, mediaType: "audio/mpeg" },
  { bytes: "ID3\x04", at: 0, mediaType: "audio/mpeg" },
  { bytes: "ftyp", at: 4, mediaType: "video/mp4" },
  { bytes: "\x1aE\xdf\xa3", at: 0, mediaType: "video/webm" },
  { bytes: "\x1f\x8b\x08", at: 0, mediaType: "application/gzip" },
  { bytes: "PK\x03\x04", at: 0, mediaType: "application/zip" },
  { bytes: "Rar!\x1a\x07", at: 0, mediaType: "application/x-rar-compressed" },
  { bytes: "7z\xbc\xaf\x27\x1c", at: 0, mediaType: "application/x-7z-compressed" },
  { bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", at: 0, mediaType: "application/x-cfb" },
  { bytes: "wOFF", at: 0, mediaType: "font/woff" },
  { bytes: "wOF2", at: 0, mediaType: "font/woff2" },
  { bytes: "\0asm", at: 0, mediaType: "application/wasm" },
  { bytes: "\x7fELF", at: 0, mediaType: "application/x-executable" },
];

/** The tags that the standard takes for HTML, and those that pages without a doctype begin with. */
const MARKUP =
  /^[\t\n\f\r ]*<(?:!doctype html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|meta|main|section|article|form|center|!--)[\t\n\f\r />]/i;
const COMMENT = /^[\t\n\f\r ]*<!--/;
const XML = /^[\t\n\f\r ]*<(?:\?xml|rss|feed|rdf:RDF|urlset|sitemapindex)[\t\n\f\r >]/;
const JSON_TEXT = /^[\t\n\r ]*(?:\{[\t\n\r ]*["}]|\[[\t\n\r ]*["{[\]\-\d])/;
const UNICODE_MARK = /^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)/;
/** Types that servers give to what they know nothing about. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  "application/octet-stream",
  "binary/octet-stream",
  "application/unknown",
  "unknown/unknown",
]);

export function saysNothing(mediaType: string): boolean {
  return SAYS_NOTHING.has(mediaType);
}

/**
 * The media type of a page that begins with `start`. What the server says counts, except where it says
 * nothing, or where the bytes are plainly a file of another kind.
 */
export function sniffMediaType(declared: string | null, start: Uint8Array): string {
  const text = toLatin1(start.subarray(0, SNIFFED_BYTES));
  const signed = SIGNATURES.find(({ bytes, at }) => text.startsWith(bytes, at))?.mediaType;
  if (signed !== undefined) return signed;
  if (declared === null || saysNothing(declared)) return sniffUnknown(text);
  return declared === "text/plain" && isBinary(text) ? "application/octet-stream" : declared;
}

function sniffUnknown(text: string): string {
  const unmarked = text.replace(/^\xef\xbb\xbf/, "");
  if (XML.test(unmarked)) return "text/xml";
  if (MARKUP.test(unmarked) || COMMENT.test(unmarked)) return "text/html";
  if (JSON_TEXT.test(unmarked)) return "application/json";
  return isBinary(text) ? "application/octet-stream" : "text/plain";
}

function isBinary(text: string): boolean {
  return !UNICODE_MARK.test(text) && [...text].some(isBinaryByte);
}

/** Control characters that text does not hold (WHATWG MIME Sniffing, "binary data byte"). */
function isBinaryByte(byte: string): boolean {
  return byte < " " && !"\t\n\f\r\x1b".includes(byte);
}
