import type { Sign } from "../sign.ts";

export const EMPTY_SIGNS: readonly Sign[] = [
  {
    name: "no-content",
    source: "amount",
    weight: 6,
    why: "nothing was found that could be written out",
    shows: ({ signals }) => signals.contentTextLength === 0,
  },
  {
    name: "no-pictures",
    source: "markup",
    weight: 4,
    why: "a page of pictures alone is not empty",
    shows: ({ signals }) => signals.mediaCount === 0,
  },
];
