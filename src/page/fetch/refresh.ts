import { toLatin1 } from "./charset/latin1.ts";
import { headerText } from "./header-text.ts";
import { scanTags } from "./scan-tags.ts";

/** Who waits longer is meant to read the page first. */
const LONGEST_DELAY_SECONDS = 10;
/** Where pages say it, if they do. */
const SCANNED_BYTES = 64 * 1024;

/** Nothing in these is markup, and what is for browsers without scripts tells of the missing scripts. */
const NOT_LOOKED_INTO = new Set(
  ["iframe", "noembed", "noframes", "noscript", "script", "style"].concat([
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
  ]),
);

export interface Refresh {
  readonly delaySeconds: number;
  /** As written; null: the page itself, once more. */
  readonly reference: string | null;
}

const DELAY = /^[\t\n\f\r ]*(?:(\d+)[\d.]*|\.[\d.]*)/;
const REST =
  /^(?:[\t\n\f\r ]*[;,]|[\t\n\f\r ])[\t\n\f\r ]*(?:url[\t\n\f\r ]*=[\t\n\f\r ]*)?(.*)$/is;

/**
 * What a `Refresh` header, or the `content` of its meta element, does soon (WHATWG HTML, "shared declarative refresh
 * steps"); null where that is nothing, or comes so late that the page is meant to be read.
 */
export function parseRefresh(content: string): Refresh | null {
  const [delay, seconds = "0"] = DELAY.exec(content) ?? [];
  if (delay === undefined || Number(seconds) > LONGEST_DELAY_SECONDS) return null;
  const rest = content.slice(delay.length).trimEnd();
  const [isSeparated, reference = ""] = REST.exec(rest) ?? [];
  if (rest !== "" && isSeparated === undefined) return null;
  return { delaySeconds: Number(seconds), reference: unquote(reference) || null };
}

/** The content of the page's meta refresh; null where it has none. */
export function findMetaRefresh(html: Uint8Array): string | null {
  const start = toLatin1(html.subarray(0, SCANNED_BYTES));
  // Few pages have one: the cheap question first.
  if (!MAY_REFRESH.test(start)) return null;
  for (const { name, attributes } of scanTags(start, NOT_LOOKED_INTO)) {
    if (name !== "meta" || attributes.get("http-equiv")?.trim().toLowerCase() !== "refresh")
      continue;
    const content = attributes.get("content");
    if (content !== undefined) return headerText(decodeEntities(content));
  }
  return null;
}

const MAY_REFRESH = /http-equiv[\t\n\f\r ]*=[\s"']*refresh/i;

function unquote(reference: string): string {
  const quote = reference.charAt(0);
  if (quote !== '"' && quote !== "'") return reference;
  return reference.slice(1).split(quote, 1)[0] ?? "";
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Those that stand in URLs; this is no parser. */
function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, decodeEntity);
}

function decodeEntity(entity: string, hex?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? entity;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
