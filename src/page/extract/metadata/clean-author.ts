import { foldSpaces } from "./node-text.ts";

const MAX_LENGTH = 300;
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 80;
const MAX_NAME_WORDS = 8;

/** What stands before a name, in the languages that bylines are most read in. */
const PREFIX =
  /^(?:(?:(?:story|article|text|words|post|review|report|reported|written|posted|published|created|contributed|authored|edited|compiled|recipe|photos?|photography|guest post|asked|started|submitted|added|uploaded|updated|medically reviewed|reviewed|fact checked)\s+)?(?:by|from)\b|author(?:s|\(s\))?\b|thread starter\b|original poster\b|articles? by\b|more from\b|see more from\b|meet\b|about\b(?= \p{Lu}| the author)|(?:about )?the author\b:?|writer\b|contributors?\b|editor\b|von\b|geschrieben von|verfasst von|autor(?:in|en|es|e|a)?\b|auteur(?:s|e)?\b|par\b|publié par|écrit par|por\b|escrito por|publicado por|di\b|scritto da|a cura di|redazione|door\b|geschreven door|av\b|af\b|skrevet av|skriven av|przez\b|автор\w*|от\b|opublikował\w*|yazar\w*|kirjoittanut|作者|文|撰文|記者|记者|著者|執筆|글|기자)\s*[:：/／|-]?\s*/iu;

/** What follows a name: a date, a place, a number, what the page can do with it. */
const SUFFIX: readonly RegExp[] = [
  /\s*[|•·⋅∙●»/–—✓]\s.*$/u,
  /\s+[-|]\s.*$/,
  /\s*\(.*$/,
  /(?:\s+|\s*,\s*)(?:on\s+)?(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b.*$/i,
  /(?:\s+|\s*,\s*)\d+\s*(?:min|minutes?|hours?|days?|weeks?|months?|years?|comments?|views?|posts?|followers?|articles?|gold|silver|bronze)\b.*$/i,
  /\s+(?:at|on|in|posted|published|updated|last updated|last modified|modified|edited by|medically reviewed|reviewed by|fact checked|contributor|last update|view profile|see more|big board|posts:|senior|head|founder|co-founder|director|summary|recent posts|view all|follow|share|comments?|for)\b.*$/i,
  /\s+(?:is|was|has|are|writes|covers)\s.*$/,
  /\s+https?:.*$/i,
  /\s+\d[\d,.]*$/,
  /[\s,;:|–—-]+$/,
];

/** What stands where an author should, and is none. */
const NO_AUTHOR =
  /^(?:(?:january|february|march|april|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\.?)|admin(?:istrator)?|author|authors|editor|guest|anonymous|unknown|none|null|undefined|n\/a|user|username|staff|by|about|about the author|share|follow|comments?|read more|view profile|home|login|log in|sign in|sign up|profile|posts?|contact|menu|search|subscribe|webmaster|website|true|false|default|more|all|original poster|op|topic author|thread starter|written|published|posted|updated|tbd|-+|\d+ min.*|\d+:\d.*|full bio|bio|view (?:more|all|full).*|see (?:more|all).*|read (?:more|full).*|skip to .*|show more.*|learn .*|load more.*|back to .*)$/i;

/** Bylines hold dates as well, often without a space between. */
const DATE =
  /(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?,?\s+)?(?:(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?|\d{1,2}(?:st|nd|rd|th)?\.?\s+\p{Lu}\p{L}{2,}\.?,?\s+\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日)/gu;

/** The names in a byline, joined with ", "; null where it holds none. */
export function cleanAuthor(text: string): string | null {
  for (const piece of foldSpaces(text).slice(0, MAX_LENGTH).split(DATE)) {
    const names = namesIn(piece);
    if (names.length > 0) return names.slice(0, MAX_NAMES).join(", ");
  }
  return null;
}

function namesIn(text: string): readonly string[] {
  const all = splitNames(text).map(cleanName).filter(isName);
  const people = all.filter((name) => !name.includes("@"));
  const names = people.length > 0 ? people : all;
  return names.filter(
    (name, at) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at,
  );
}

function splitNames(text: string): string[] {
  const bare = text.replace(PREFIX, "").replace(PREFIX, "");
  return bare.split(
    /\s*;\s*|\s+(?:&|and|und|et|og|och)\s+(?=\p{Lu})|\s*[、，]\s*|,\s+(?=\p{Lu}\p{L}+\s+\p{Lu})/u,
  );
}

function cleanName(text: string): string {
  let name = text.replace(PREFIX, "").replace(/^@/, "").trim();
  for (const suffix of SUFFIX) name = name.replace(suffix, "");
  return name.replace(/^[\s"'“”‘’,:|–—-]+|[\s"“”,:|–—-]+$/g, "");
}

function isName(name: string): boolean {
  if (name.length < 2 || name.length > MAX_NAME_LENGTH || NO_AUTHOR.test(name)) return false;
  if (/^https?:|\/\/|^\d+$|[{}<>=]|\.(?:com|org|net|html?)\b\/?/i.test(name) && !name.includes("@"))
    return false;
  return (
    /\p{L}/u.test(name) &&
    name.split(" ").length <= MAX_NAME_WORDS &&
    !/[.!?]\s+\p{L}+\s+\p{Ll}/u.test(name)
  );
}
