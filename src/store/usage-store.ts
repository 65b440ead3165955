import type { DailyTotals } from "../contract/usage.ts";

/** Daily totals of each key, written in the transaction that ends a job and kept for 400 days. */
export interface UsageStore {
  /** Days of an account with anything in them, all its keys together; both ends inclusive. */
  listDays(query: { account: string; from: Date; to: Date }): Promise<readonly DailyTotals[]>;
  /** Tokens charged to a key since that day, and reserved by its open jobs. */
  readBudget(query: { keyId: string; since: Date }): Promise<BudgetState>;
}

export interface BudgetState {
  readonly charged: number;
  readonly reserved: number;
}
