export interface ContentType {
  /** `type/subtype` in lower case. */
  readonly mediaType: string;
  /** As the server wrote it; null where it names none. */
  readonly charset: string | null;
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const MEDIA_TYPE = new RegExp(`^(${TOKEN}/${TOKEN})(?:[ \\t]*;(.*))?$`, "s");
const CHARSET = /(?:^|;)\s*charset\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/i;

/**
 * Reads a Content-Type header, several of them joined with commas included: the last that can be read counts
 * (WHATWG Fetch, "extract a MIME type"). Null where none can be.
 */
export function parseContentType(header: string | undefined): ContentType | null {
  const found = splitAtCommas(header ?? "").flatMap((value) => parseOne(value) ?? []);
  return found.reduce<ContentType | null>(inheritCharset, null);
}

/** `text/html; charset=x, text/html` is one type that was said twice. */
function inheritCharset(before: ContentType | null, next: ContentType): ContentType {
  const isSame = next.charset === null && next.mediaType === before?.mediaType;
  return isSame ? before : next;
}

function parseOne(value: string): ContentType | null {
  const [, mediaType = "", parameters = ""] = MEDIA_TYPE.exec(value.trim()) ?? [];
  if (mediaType === "" || mediaType === "*/*") return null;
  const [, quoted, plain] = CHARSET.exec(parameters) ?? [];
  const charset = quoted?.replaceAll(/\\(.)/gs, "$1") ?? plain?.trim() ?? "";
  return { mediaType: mediaType.toLowerCase(), charset: charset === "" ? null : charset };
}

/** Commas inside quotes belong to a parameter. */
function splitAtCommas(header: string): string[] {
  return header.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/gs) ?? [];
}
