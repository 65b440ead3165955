/** What would end the address of a link, or be read as something else, in its percent-encoded form. */
const UNSAFE = /[\s()<>\\\p{Cc}]/gu;
const ENTITY = /&(?=#|[a-zA-Z][a-zA-Z\d]{1,31};)/g;

export function writeDestination(href: string): string {
  const safe = href.replace(UNSAFE, encode);
  return safe.includes("&") ? safe.replace(ENTITY, "&amp;") : safe;
}

/** The title of a link or image, with the space before it; "" without one. */
export function writeTitle(title: string): string {
  if (title === "") return "";
  const escaped = title
    .replace(/[\\"]/g, "\\$&")
    .replace(ENTITY, "&amp;")
    .replace(/\n(?=[#>\-+*\d=~|])/g, "\n\\");
  return ` "${escaped}"`;
}

function encode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
