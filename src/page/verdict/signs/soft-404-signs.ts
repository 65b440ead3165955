import { isTitled, mentions } from "../match-phrases.ts";
import { NOT_FOUND_TEXTS, NOT_FOUND_TITLES } from "../phrases/not-found-phrases.ts";
import type { Sign } from "../sign.ts";
import { isThin, SUBSTANCE_SIGNS } from "./substance-signs.ts";

const NOT_FOUND_MARKER =
  /^(error-?_?404|page-?_?404|template-?404|is-?404|not-?_?found|page-?_?not-?_?found|pagenotfound|error-404-.*|http-?404|four-?oh-?four)([-_](page|container|wrapper|content|section|error))?$/;
const NOT_FOUND_PATH =
  /(^|[/._-])(404|not-?_?found|page-?not-?found|notfound|error404|errors?\/404)([/._-]|$)/i;

export const SOFT_404_SIGNS: readonly Sign[] = [
  {
    name: "not-found-title",
    source: "title",
    weight: 4,
    why: "the title says nothing but that the page is not there",
    shows: (page) => isTitled(page.titleParts, NOT_FOUND_TITLES),
  },
  {
    name: "not-found-heading",
    source: "text",
    weight: 3,
    why: "the heading says nothing but that the page is not there",
    shows: (page) => isTitled(page.headingTexts, NOT_FOUND_TITLES),
  },
  {
    name: "not-found-text",
    source: "text",
    weight: 3,
    why: "says so about the page that was asked for, in any language",
    shows: (page) => mentions(page.text, NOT_FOUND_TEXTS),
  },
  {
    name: "not-found-markup",
    source: "markup",
    weight: 3,
    why: "themes name their error page in its classes",
    shows: ({ signals }) => signals.markers.some((marker) => NOT_FOUND_MARKER.test(marker)),
  },
  {
    name: "sent-to-404",
    source: "address",
    weight: 4,
    why: "asked for a page, sent to the address of the error page",
    shows: ({ asked, final }) =>
      asked !== null &&
      final !== null &&
      !NOT_FOUND_PATH.test(asked.pathname) &&
      NOT_FOUND_PATH.test(final.pathname),
  },
  {
    name: "not-for-search-engines",
    source: "markup",
    weight: 1,
    why: "error pages are kept out of indexes; so are many others",
    shows: ({ signals }) => signals.robots.includes("noindex"),
  },
  {
    name: "little-text",
    source: "amount",
    weight: 2,
    why: "beside the menus there is little to read",
    shows: isThin,
  },
  {
    name: "status-says-so",
    source: "status",
    weight: -10,
    why: "a status of failure is told as it is",
    shows: ({ status }) => status >= 300,
  },
  ...SUBSTANCE_SIGNS,
];
