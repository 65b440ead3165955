/** Which pages turned out to need a browser, so that the next ones like them are not read twice. */
export interface RenderMemory {
  needsBrowser(url: URL): boolean;
  /** What a page needed that was read just now. */
  note(url: URL, needsBrowser: boolean): void;
}

interface MemoryOptions {
  /** In milliseconds, never going back. */
  readonly now: () => number;
  readonly maxEntries?: number;
}

const MAX_ENTRIES = 5000;
/** Sites change: after so long the plain page is asked for again. */
const FORGET_MS = 3_600_000;

/** By host and path pattern; the one that was noted longest ago goes first. */
export function createRenderMemory({ now, maxEntries = MAX_ENTRIES }: MemoryOptions): RenderMemory {
  const noted = new Map<string, number>();
  return {
    needsBrowser(url) {
      const at = noted.get(patternOf(url));
      return at !== undefined && now() - at < FORGET_MS;
    },
    note(url, needsBrowser) {
      const pattern = patternOf(url);
      noted.delete(pattern);
      if (!needsBrowser) return;
      noted.set(pattern, now());
      const [oldest = ""] = noted.keys();
      if (noted.size > maxEntries) noted.delete(oldest);
    },
  };
}

const MAX_SEGMENTS = 4;

/** Pages of one kind share it: what names a single one of them is left out. */
function patternOf({ host, pathname }: URL): string {
  const segments = pathname.split("/").slice(1, MAX_SEGMENTS + 1);
  return [host, ...segments.map((segment) => (isNameOfOne(segment) ? "*" : segment))].join("/");
}

/** Numbers, identifiers and titles with dashes. */
function isNameOfOne(segment: string): boolean {
  return /\d/.test(segment) || segment.length > 24 || segment.split(/[-_]/).length > 2;
}
