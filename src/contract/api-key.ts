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

/** What a key is to be; what is left out has its default. */
export interface KeyWish {
  readonly name?: string;
  /** Default: `default`. */
  readonly account?: string;
  /** Default: `all`. */
  readonly scope?: KeyScope;
  readonly monthlyBudget?: number | null;
  readonly perMinute?: number | null;
  readonly concurrency?: number | null;
}

export interface NewKey {
  readonly key: ApiKey;
  /** Not kept: this is the only time that it is seen. */
  readonly secret: string;
}
