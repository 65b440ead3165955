import { CARD_COLUMNS } from "./card-columns.ts";
import type { Column } from "./column.ts";
import { HEADING_COLUMNS } from "./heading-columns.ts";
import { MAIN_COLUMNS } from "./main-columns.ts";
import { MARKUP_COLUMNS } from "./markup-columns.ts";
import { NEIGHBOUR_COLUMNS } from "./neighbour-columns.ts";
import { PAGE_COLUMNS } from "./page-columns.ts";
import { PLACE_COLUMNS } from "./place-columns.ts";
import { TEXT_COLUMNS } from "./text-columns.ts";

/** Everything that is asked of a block when it is judged by itself. */
export const BLOCK_COLUMNS: readonly Column[] = [
  ...TEXT_COLUMNS,
  ...MARKUP_COLUMNS,
  ...PLACE_COLUMNS,
  ...MAIN_COLUMNS,
  ...HEADING_COLUMNS,
  ...NEIGHBOUR_COLUMNS,
  ...CARD_COLUMNS,
  ...PAGE_COLUMNS,
];
