/** Removes what is old, in small steps, so that nobody waits for it. */
export interface RetentionStore {
  /** At most `limit` of each kind; how many went. */
  sweep(order: SweepOrder): Promise<number>;
}

export interface SweepOrder {
  readonly now: Date;
  /** Rows of jobs that ended before. */
  readonly jobsBefore: Date;
  readonly idempotencyBefore: Date;
  readonly totalsBefore: Date;
  readonly limit: number;
}
