import { monthNamed } from "./month-names.ts";

/** How a page writes `03/05/2024`. */
export type NumericOrder = "month-first" | "day-first";

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface DateForm {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, order: NumericOrder) => Day | null;
  readonly why: string;
}

const YEAR = "(\\d{4})";
const WORD = "([\\p{L}\\p{M}]{2,}\\.?)";

/** Forms in which dates are written. The first that a text holds, and that is a day of the calendar, counts. */
const FORMS: readonly DateForm[] = [
  {
    pattern: /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/,
    read: ([, year, month, day]) => toDay(year, month, day),
    why: "ISO 8601",
  },
  {
    pattern: /(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]?/,
    read: ([, year, month, day]) => toDay(year, month, day),
    why: "Chinese, Japanese, Korean",
  },
  {
    pattern: /(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/,
    read: ([, year, month, day]) => toDay(year, month, day),
    why: "a year in front is followed by the month",
  },
  {
    pattern: new RegExp(
      `(?<![\\d\\p{L}])(\\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\\.)?[\\s,.-]{0,3}(?:(?:de|of|di|d'|d’)\\s?)?${WORD}[\\s,.'-]{0,3}(?:(?:de|del|of)\\s+)?${YEAR}(?!\\d)`,
      "iu",
    ),
    read: ([, day, month, year]) => toDay(year, monthNamed(month ?? ""), day),
    why: "3 May 2024, 3. Mai 2024, 3 de mayo de 2024",
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})${WORD}[\\s-]{1,2}(\\d{1,2})(?:st|nd|rd|th)?(?:\\s*,\\s*|\\s+|-)${YEAR}(?!\\d)`,
      "iu",
    ),
    read: ([, month, day, year]) => toDay(year, monthNamed(month ?? ""), day),
    why: "May 3, 2024",
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})${WORD}\\s+(\\d{1,2})\\s+\\d{1,2}:\\d{2}:\\d{2}\\s+\\S+\\s+${YEAR}`,
      "iu",
    ),
    read: ([, month, day, year]) => toDay(year, monthNamed(month ?? ""), day),
    why: "programs that print a date as it is: Fri May 03 10:00:00 UTC 2024",
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}[\\s,.-]+${WORD}[\\s,.-]+(\\d{1,2})(?!\\d)`, "iu"),
    read: ([, year, month, day]) => toDay(year, monthNamed(month ?? ""), day),
    why: "2024 May 3",
  },
  {
    pattern: /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)/,
    read: ([, day, month, year]) => toDay(fullYear(year), month, day),
    why: "with points the day comes first",
  },
  {
    pattern: /(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/,
    read: ([, first, , second, year], order) => readNumeric(fullYear(year), [first, second], order),
    why: "3/5/2024: which of the two is the month depends on the country",
  },
  {
    pattern: /(?<!\d)(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/,
    read: ([, year, month, day]) => toDay(year, month, day),
    why: "ISO 8601 without dashes",
  },
];

const TIME_WITH_ZONE =
  /[T\s,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))/i;

/**
 * The date in a text as ISO 8601: with its time where the text names the zone, else the day alone. Null where
 * there is none that is a day of the calendar.
 */
export function parseDate(text: string, order: NumericOrder = "day-first"): string | null {
  const short = toLatinDigits(text.slice(0, MAX_LENGTH)).trim();
  if (/^(?:\d{10}|\d{13})$/.test(short)) return readTimestamp(short);
  if (/^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/.test(short)) return short;
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(short);
    const day = match ? read(match, order) : null;
    if (match && day !== null) return write(day, short.slice(match.index));
  }
  return null;
}

/** Dates stand at the beginning of what is read here. */
const MAX_LENGTH = 200;
const MIN_YEAR = 1900;
const MAX_YEAR = 2100;
/** The Thai calendar counts from the death of the Buddha. */
const BUDDHIST_YEARS = 543;

/** Seconds or milliseconds since 1970, as programs count them. */
function readTimestamp(digits: string): string {
  const date = new Date(digits.length === 10 ? 1000 * Number(digits) : Number(digits));
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

function toDay(
  year: string | number | undefined,
  month: string | number | null | undefined,
  day: string | undefined,
): Day | null {
  const written = Number(year);
  const date = {
    year: written > MAX_YEAR + BUDDHIST_YEARS / 2 ? written - BUDDHIST_YEARS : written,
    month: Number(month),
    day: Number(day),
  };
  return isOfCalendar(date) ? date : null;
}

function isOfCalendar({ year, month, day }: { year: number; month: number; day: number }): boolean {
  if (!(year >= MIN_YEAR && year <= MAX_YEAR)) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function fullYear(year: string | undefined): number {
  const written = Number(year);
  if (year?.length !== 2) return written;
  return written < 50 ? 2000 + written : 1900 + written;
}

function readNumeric(
  year: number,
  [first, second]: readonly [string | undefined, string | undefined],
  order: NumericOrder,
): Day | null {
  const dayFirst = toDay(year, second, first);
  const monthFirst = toDay(year, first, second);
  return order === "day-first" ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst);
}

function write({ year, month, day }: Day, text: string): string {
  const date = [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
  const [, hour = "", minute = "", second = "00", zone = ""] = TIME_WITH_ZONE.exec(text) ?? [];
  if (hour === "" || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return date;
  return `${date}T${hour.padStart(2, "0")}:${minute}:${second}${writeZone(zone)}`;
}

function writeZone(zone: string): string {
  if (!/\d/.test(zone)) return "Z";
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}`;
}

/** Arabic, Persian, Devanagari, Bengali, Thai and full-width digits. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

function toLatinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = ZEROS.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
