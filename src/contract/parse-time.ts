/** What a date alone means where it begins or ends a span: a day belongs to it from its first millisecond to its last. */
export type SpanEdge = "start" | "end";

/**
 * A time as callers write it: ISO 8601 with `Z`, `+0000`, `+02:00` or no zone, which means UTC, or a date alone.
 * Null: it is none.
 */
export function parseTime(text: string, edge: SpanEdge): Date | null {
  const groups = TIME.exec(text)?.groups;
  if (groups === undefined) return null;
  const { date = "", time, seconds = "00", fraction = "", zone = "Z" } = groups;
  const clock =
    time === undefined ? CLOCKS[edge] : `${time}:${seconds}.${toMilliseconds(fraction)}`;
  const local = new Date(`${date}T${clock}Z`);
  const offset = parseOffset(zone);
  // Of 30 February JavaScript makes 2 March.
  if (offset === null || !Number.isFinite(local.getTime())) return null;
  return local.toISOString().startsWith(date) ? new Date(local.getTime() - offset) : null;
}

/** In a query string a plus that nobody escaped arrives as a space. */
const TIME =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[T ](?<time>\d\d:\d\d)(?::(?<seconds>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+ -]\d\d(?::?\d\d)?)?)?$/i;

const CLOCKS: Readonly<Record<SpanEdge, string>> = { start: "00:00:00.000", end: "23:59:59.999" };

function toMilliseconds(fraction: string): string {
  return fraction.slice(0, 3).padEnd(3, "0");
}

/** Milliseconds that a zone is ahead of UTC; null: there is no such zone. */
function parseOffset(zone: string): number | null {
  if (/^z$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0);
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
