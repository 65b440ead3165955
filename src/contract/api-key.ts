export const KEY_SCOPES = ["read", "write", "all"] as const;

export type KeyScope = (typeof KEY_SCOPES)[number];

/** A key as it is stored: the secret itself is shown once and kept only as a hash. */
export interface ApiKey {
  /** UUID v7. */
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly scope: KeyScope;
  /** The first characters of the secret, to recognise it in a list. */
  readonly prefix: string;
  /** Tokens per calendar month (UTC); null: no limit. */
  readonly monthlyBudget: number | null;
  /** Requests per minute; null: no limit. */
  readonly perMinute: number | null;
  /** Pages at once; null: `QUERN_KEY_CONCURRENCY`. */
  readonly concurrency: number | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}
