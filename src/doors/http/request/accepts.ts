/**
 * Whether an `Accept` header admits one of these media types: for each the most exact range that fits decides (RFC 9110
 * section 12.5.1).
 */
export function accepts(accept: string | undefined, mediaTypes: readonly string[]): boolean {
  if (accept === undefined || accept.trim() === "") return true;
  const ranges = accept.split(",").map(parseRange);
  return mediaTypes.some((mediaType) => weigh(mediaType, ranges) > 0);
}

interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function weigh(mediaType: string, ranges: readonly MediaRange[]): number {
  // From the most exact to the least. A bare `*` is what old Java clients send for any type.
  const names = [mediaType, mediaType.replace(/\/.*/, "/*"), "*/*", "*"];
  const fitting = names.map((name) => ranges.filter(({ type }) => type === name));
  const weights = fitting.find((same) => same.length > 0)?.map(({ weight }) => weight) ?? [];
  return Math.max(0, ...weights);
}

function parseRange(range: string): MediaRange {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, "");
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
