/** Both ends belong to it. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export const LAST_PORT = 65_535;

export const EVERY_PORT: readonly PortRange[] = [{ first: 1, last: LAST_PORT }];

export function includesPort(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ first, last }) => first <= port && port <= last);
}

/** `8000` or `8000-8999`; null where it is neither. */
export function parsePortRange(text: string): PortRange | null {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first >= 1 && first <= last && last <= LAST_PORT ? { first, last } : null;
}
