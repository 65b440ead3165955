import { isProse } from "../survey.ts";
import type { Column } from "./column.ts";
import { flag, grade, share } from "./scale.ts";

const SHORT = 25;
const MIDDLING = 80;
/** Characters at which more makes no difference. */
const LONG = 1000;
const MANY_SENTENCES = 3;
const MANY_COMMAS = 4;
const NEARLY_ALL = 0.9;

/** What the text of a block itself looks like. */
export const TEXT_COLUMNS: readonly Column[] = [
  {
    name: "length",
    says: "is long",
    of: ({ survey }, block) => grade(survey.blocks.length[block] ?? 0, LONG),
  },
  {
    name: "prose",
    says: "reads as prose",
    of: ({ survey }, block) => flag(isProse(survey.blocks, block)),
  },
  {
    name: "short",
    says: "is short",
    of: ({ survey }, block) => flag((survey.blocks.length[block] ?? 0) < SHORT),
  },
  {
    name: "middling",
    says: "is of middling length",
    of({ survey }, block) {
      const length = survey.blocks.length[block] ?? 0;
      return flag(length >= SHORT && length < MIDDLING);
    },
  },
  {
    name: "linked",
    says: "consists of links",
    of: ({ survey: { blocks } }, block) =>
      share(blocks.linkLength[block] ?? 0, blocks.length[block] ?? 0),
  },
  {
    name: "all linked",
    says: "is nothing but links",
    of: ({ survey: { blocks } }, block) =>
      flag((blocks.linkLength[block] ?? 0) > (blocks.length[block] ?? 0) * NEARLY_ALL),
  },
  {
    name: "sentences",
    says: "has whole sentences",
    of: ({ survey }, block) => Math.min(1, (survey.blocks.sentences[block] ?? 0) / MANY_SENTENCES),
  },
  {
    name: "short sentence",
    says: "is a short sentence",
    of: ({ survey: { blocks } }, block) =>
      flag((blocks.sentences[block] ?? 0) > 0 && (blocks.length[block] ?? 0) < MIDDLING),
  },
  {
    name: "commas",
    says: "has commas",
    of: ({ survey }, block) => Math.min(1, (survey.blocks.commas[block] ?? 0) / MANY_COMMAS),
  },
  {
    name: "digits",
    says: "consists of digits",
    of: ({ survey: { blocks } }, block) =>
      share(blocks.digits[block] ?? 0, blocks.length[block] ?? 0),
  },
  {
    name: "wordless",
    says: "has no words",
    of: ({ survey }, block) => flag(survey.blocks.words[block] === 0),
  },
  {
    name: "copied",
    says: "stands on the page more than once",
    of: ({ firstCopy }, block) => flag((firstCopy[block] ?? -1) >= 0),
  },
  {
    name: "copy",
    says: "stood on the page before",
    of({ firstCopy }, block) {
      const first = firstCopy[block] ?? -1;
      return flag(first >= 0 && first < block);
    },
  },
];
