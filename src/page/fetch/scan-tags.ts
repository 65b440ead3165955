export interface StartTag {
  /** In lower case. */
  readonly name: string;
  /** Names in lower case, values as written; the first of equal names. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * Start tags as a browser finds them before it has a parser (WHATWG HTML, "prescan a byte stream to determine its
 * encoding"): for what must be known before the page is read. What is inside the elements of `skip` is passed over.
 */
export function* scanTags(html: string, skip: ReadonlySet<string>): Generator<StartTag, void> {
  const lower = html.toLowerCase();
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    const next = html.charAt(at + 1);
    if (isLetter(next)) {
      const name = readName(lower, at + 1);
      const { attributes, end } = readAttributes(html, at + 1 + name.length);
      at = skip.has(name) ? before(lower, `</${name}`, end) : end;
      yield { name, attributes };
    } else at = skipOther(html, at);
  }
}

/** Where what is no start tag ends: a comment, an end tag, a declaration, or a mere "<". */
function skipOther(html: string, at: number): number {
  // The dashes of "<!-->" open the comment and close it.
  if (html.startsWith("<!--", at)) return after(html, "-->", at + 2);
  const next = html.charAt(at + 1);
  if (next === "/" && isLetter(html.charAt(at + 2))) return readAttributes(html, at + 2).end;
  return /[!/?]/.test(next) ? after(html, ">", at) : at + 1;
}

function readAttributes(html: string, start: number) {
  const attributes = new Map<string, string>();
  let at = start;
  for (let found = readAttribute(html, at); found !== null; found = readAttribute(html, at)) {
    const name = found.name.toLowerCase();
    if (!attributes.has(name)) attributes.set(name, found.value);
    at = found.end;
  }
  return { attributes, end: after(html, ">", at) };
}

/** Sticky, and without a way back: hostile pages must not make it slow. */
const ATTRIBUTE_NAME = /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)/y;
const ATTRIBUTE_VALUE =
  /[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*)?)/y;

function readAttribute(html: string, start: number) {
  ATTRIBUTE_NAME.lastIndex = start;
  const name = ATTRIBUTE_NAME.exec(html)?.[1];
  if (name === undefined) return null;
  ATTRIBUTE_VALUE.lastIndex = ATTRIBUTE_NAME.lastIndex;
  const value = ATTRIBUTE_VALUE.exec(html);
  if (value === null) return { name, value: "", end: ATTRIBUTE_NAME.lastIndex };
  const [, double, single, plain] = value;
  return { name, value: double ?? single ?? plain ?? "", end: ATTRIBUTE_VALUE.lastIndex };
}

const TAG_NAME = /[^\t\n\f\r />]*/y;

function readName(html: string, start: number): string {
  TAG_NAME.lastIndex = start;
  return TAG_NAME.exec(html)?.[0] ?? "";
}

function isLetter(character: string): boolean {
  return /[a-z]/i.test(character);
}

function before(html: string, text: string, from: number): number {
  const found = html.indexOf(text, from);
  return found === -1 ? html.length : found;
}

function after(html: string, text: string, from: number): number {
  return before(html, text, from) + text.length;
}
