import type { ContentFacts } from "../content-facts.ts";

/** One question that is asked of every block of a page. */
export interface Column<Facts = ContentFacts> {
  /** Under this name its points are kept. */
  readonly name: string;
  /** Completes "the block …", for the trace: what a high answer means. */
  readonly says: string;
  /** 0 to 1 as a rule, so that points of different columns can be compared. */
  readonly of: (facts: Facts, block: number) => number;
}
