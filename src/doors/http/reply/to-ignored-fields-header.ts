const MAX_NAMES = 20;
const MAX_BYTES = 1024;
const SEPARATOR = ", ";

/** The value of `X-Ignored-Fields`: as many whole names as fit; null where there is nothing to say. */
export function toIgnoredFieldsHeader(names: readonly string[]): string | null {
  let header = "";
  for (const name of names.slice(0, MAX_NAMES)) {
    const longer = header === "" ? encodeName(name) : `${header}${SEPARATOR}${encodeName(name)}`;
    if (longer.length <= MAX_BYTES) header = longer;
  }
  return header === "" ? null : header;
}

/** Every byte but the plainest is percent-encoded, those too that encodeURIComponent lets through. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/[!~*'()]/g, encodeByte);
}

function encodeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
