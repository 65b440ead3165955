/** Whether an `Accept` header admits application/json: the most exact range that fits decides (RFC 9110 section 12.5.1). */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === "") return true;
  const fitting = accept
    .split(",")
    .map(parseRange)
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank || other.weight - one.weight);
  return (fitting[0]?.weight ?? 0) > 0;
}

/** How exactly each range names application/json. A bare `*` is what old Java clients send for any type. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ["application/json", 3],
  ["application/*", 2],
  ["*/*", 1],
  ["*", 1],
]);

function parseRange(range: string): { rank: number; weight: number } {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, "");
  return { rank: RANKS.get(type) ?? 0, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
