export interface ContentType {
  /** `type/subtype` in lower case. */
  readonly mediaType: string;
  /** As the server wrote it; null where it names none. */
  readonly charset: string | null;
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const MEDIA_TYPE = new RegExp(`^(${TOKEN}/${TOKEN})(?:[ \\t]*;(.*))?$`, "s");
// A quoted text that is never closed ends with the header: so nothing is looked at twice.
const QUOTED = `"(?:[^"\\\\]|\\\\.?)*"?`;
const BETWEEN = {
  commas: new RegExp(`(?:${QUOTED}|[^,"])+`, "gs"),
  semicolons: new RegExp(`(?:${QUOTED}|[^;"])+`, "gs"),
} as const;

/**
 * Reads a Content-Type header, several of them joined with commas included: the last that can be read counts
 * (WHATWG Fetch, "extract a MIME type"). Null where none can be.
 */
export function parseContentType(header: string | undefined): ContentType | null {
  const values = header?.match(BETWEEN.commas) ?? [];
  const found = values.flatMap((value) => parseOne(value) ?? []);
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
  const charset = findCharset(parameters);
  return { mediaType: mediaType.toLowerCase(), charset: charset === "" ? null : charset };
}

function findCharset(parameters: string): string {
  for (const parameter of parameters.match(BETWEEN.semicolons) ?? []) {
    const [name = ""] = parameter.split("=", 1);
    if (name.trim().toLowerCase() !== "charset") continue;
    return unquote(parameter.slice(name.length + 1).trim());
  }
  return "";
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.replace(/^"|"$/g, "").replaceAll(/\\(.)/gs, "$1");
}
