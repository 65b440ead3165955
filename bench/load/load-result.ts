import type { ContenderName } from "../support/contenders.ts";
import type { Burst } from "./run-burst.ts";

/** One burst, where and when it ran. */
export interface LoadRow extends Burst {
  readonly contender: ContenderName;
  readonly concurrency: number;
  readonly round: number;
}

export interface LoadResult {
  readonly pages: number;
  /** In every burst. */
  readonly requests: number;
  readonly rounds: number;
  readonly rows: readonly LoadRow[];
  /** The first pages after the start, when nothing is compiled yet: not among the rounds. */
  readonly first: readonly LoadRow[];
  /** The kernel's own peak of each process tree, from its start to the end of the run. */
  readonly peakRssBytes: Readonly<Record<string, number>>;
}
