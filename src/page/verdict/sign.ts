import type { PageView } from "./page-view.ts";

/** Where a sign is read. Signs of one source may share one cause, so a verdict needs two sources at least. */
export type SignSource =
  | "status"
  | "header"
  | "address"
  | "title"
  | "text"
  | "markup"
  | "script"
  | "amount";

/** One row of evidence for or against one verdict. */
export interface Sign {
  readonly name: string;
  readonly source: SignSource;
  /** What it adds to the sum that has to reach the verdict's threshold; below zero: it speaks against. */
  readonly weight: number;
  readonly why: string;
  readonly shows: (page: PageView) => boolean;
}
