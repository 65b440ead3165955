import { isTitled, mentions } from "../match-phrases.ts";
import type { PageView } from "../page-view.ts";
import { LOADING, SCRIPT_NEEDED } from "../phrases/script-phrases.ts";
import type { Sign } from "../sign.ts";

/** Where frameworks mount what their scripts draw. */
const MOUNT =
  /^(_?_?(root|app|application|next|nuxt|gatsby|layout|svelte|remix|vue|react|ember|angular|blazor)(-?(root|container|mount|app|main|wrapper))?|(root|app|main|page|react|vue|ng|mount)-?(root|app|container|wrapper|content|mount|view|page|node|target)|main|container|content|[a-z]+-(app|root))$/i;

export const EMPTY_SHELL_SIGNS: readonly Sign[] = [
  {
    name: "empty-mount",
    source: "markup",
    weight: 4,
    why: "the element that scripts fill holds nothing yet",
    shows: ({ signals }) => signals.emptyBlocks.some((name) => MOUNT.test(name)),
  },
  {
    name: "empty-block",
    source: "markup",
    weight: 1,
    why: "something directly in the body waits to be filled",
    shows: ({ signals }) => signals.emptyBlocks.length > 0,
  },
  {
    name: "scripts",
    source: "script",
    weight: 2,
    why: "there is something that could fill it",
    shows: ({ signals }) => signals.scriptUrls.length > 0 || signals.inlineScriptLength > 500,
  },
  {
    name: "script-needed",
    source: "text",
    weight: 3,
    why: "says that nothing is seen without JavaScript; as a hint beside content it proves nothing",
    shows: (page) => mentions(page.noscript, SCRIPT_NEEDED) || mentions(page.text, SCRIPT_NEEDED),
  },
  {
    name: "loading",
    source: "text",
    weight: 3,
    why: "all that it says is that it is loading",
    shows: (page) => isTitled([page.text.replace(/[\s.…]+$/, "")], LOADING),
  },
  {
    name: "no-text",
    source: "amount",
    weight: 4,
    why: "not even a sentence",
    shows: ({ signals }) => signals.visibleTextLength < 60,
  },
  {
    name: "no-text-at-all",
    source: "amount",
    weight: 2,
    why: "a page with scripts and without a single letter is drawn by them",
    shows: ({ signals }) => signals.visibleTextLength === 0,
  },
  {
    name: "hardly-text",
    source: "amount",
    weight: 2,
    why: "a title, a notice, a line of a footer",
    shows: ({ signals }) => signals.visibleTextLength >= 60 && signals.visibleTextLength < 300,
  },
  {
    name: "nothing-to-follow",
    source: "amount",
    weight: 2,
    why: "no links, no pictures, no prose: nothing of a page",
    shows: hasNothing,
  },
  {
    name: "text",
    source: "amount",
    weight: -8,
    why: "there is something to read without scripts",
    shows: ({ signals }) => signals.visibleTextLength >= 600 || signals.proseBlockCount >= 2,
  },
  {
    name: "text-in-noscript",
    source: "amount",
    weight: -8,
    why: "some boards send visitors without scripts the whole page in noscript",
    shows: ({ signals }) => signals.noscriptText.length >= 400,
  },
  {
    name: "content",
    source: "amount",
    weight: -4,
    why: "a paragraph of prose was sent",
    shows: ({ signals }) => signals.proseBlockCount === 1 && signals.contentTextLength >= 80,
  },
  {
    name: "pictures",
    source: "amount",
    weight: -4,
    why: "a page of pictures is a page",
    shows: ({ signals }) => signals.mediaCount >= 3,
  },
  {
    name: "frames",
    source: "markup",
    weight: -2,
    why: "the content may stand in a frame, which scripts do not fill",
    shows: ({ signals }) => signals.frameUrls.length > 0,
  },
];

function hasNothing({ signals }: PageView): boolean {
  return signals.linkCount <= 2 && signals.mediaCount === 0 && signals.proseBlockCount === 0;
}
