/** What a benchmark found: printed as text, or as JSON with `--json`. */
export interface Report {
  readonly text: string;
  readonly data: unknown;
  /** False where a figure is worse than it may be. */
  readonly ok: boolean;
}

export interface Benchmark {
  /** One line for the list of benchmarks. */
  readonly summary: string;
  /** What `npm run bench` alone gives it: enough to see that it works, too little to quote. */
  readonly shortArgs: readonly string[];
  /** Null: what it needs is not there, and the reason was said. */
  run(args: readonly string[], environment: BenchEnvironment): Promise<Report | null>;
}

/** What comes from outside of the checkout. */
export interface BenchEnvironment {
  readonly corpusDir: string | undefined;
  readonly qualityScorer: string | undefined;
}
