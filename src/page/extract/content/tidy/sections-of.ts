import type { Headings } from "../headings.ts";

/** Each heading with the range of blocks under it. */
export function sectionsOf({ level, after }: Headings) {
  const sections: [heading: number, section: [from: number, to: number]][] = [];
  for (const [block, isLevel] of level.entries()) {
    if (isLevel > 0) sections.push([block, [block + 1, after[block] ?? 0]]);
  }
  return sections;
}
