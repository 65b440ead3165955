import type { PageView } from "../page-view.ts";
import type { Sign } from "../sign.ts";

/** Characters. Block pages with their advice stay far below. */
export const MUCH_TEXT = 4000;
export const MUCH_PROSE = 8;

/** What speaks for a page of its own, whatever else is on it: these rows stand in the tables of most mistakes. */
export const SUBSTANCE_SIGNS: readonly Sign[] = [
  {
    name: "long-text",
    source: "amount",
    weight: -6,
    why: "who refuses a visitor does not write pages; articles about refusals do",
    shows: ({ signals }) => signals.visibleTextLength > MUCH_TEXT,
  },
  {
    name: "prose",
    source: "amount",
    weight: -3,
    why: "several paragraphs are content; a block page has two or three of advice",
    shows: ({ signals }) => signals.proseBlockCount >= 4,
  },
  {
    name: "much-prose",
    source: "amount",
    weight: -4,
    why: "so many paragraphs are never advice",
    shows: ({ signals }) => signals.proseBlockCount >= MUCH_PROSE,
  },
];

/** Little text: the page has nothing of its own to say. Two steps, since pages of refusal explain themselves more or less. */
export const THINNESS_SIGNS: readonly Sign[] = [
  {
    name: "thin",
    source: "amount",
    weight: 2,
    why: "refusals are short: the longest known explain themselves in some 1,200 characters",
    shows: (page) => isThin(page),
  },
  {
    name: "bare",
    source: "amount",
    weight: 1,
    why: "a sentence or two, or nothing: less than any page of its own has",
    shows: ({ signals }) => signals.visibleTextLength < 400 && signals.proseBlockCount <= 2,
  },
];

export function isThin({ signals }: PageView): boolean {
  return signals.visibleTextLength < 1500 && signals.proseBlockCount <= 4;
}
