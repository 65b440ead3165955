/** A title cut at the signs that part its pieces: `"Page | Site"` is two. */
export interface TitlePart {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The sign before it; "" for the first. */
  readonly sign: string;
}

const SIGN = /\s+[|\-–—:·•»«~/]+\s+|\s*[|»•¦]\s*|\s+::\s+/g;

export function splitTitle(title: string): readonly TitlePart[] {
  const parts: TitlePart[] = [];
  let start = 0;
  let sign = "";
  for (const match of title.matchAll(SIGN)) {
    parts.push({ start, end: match.index, text: title.slice(start, match.index), sign });
    start = match.index + match[0].length;
    sign = match[0].trim();
  }
  parts.push({ start, end: title.length, text: title.slice(start), sign });
  return parts;
}
