import type { ApiKey } from "../contract/api-key.ts";

/** Every call resolves after the commit. @throws RequestError UNAVAILABLE when the database is away. */
export interface KeyStore {
  insert(key: StoredKey): Promise<void>;
  /**
   * The keys whose secret begins so, as a rule one; revoked ones among them. Found by the part of the secret that
   * every list shows, so that how long a look-up takes tells nothing about the rest: the caller compares hashes.
   */
  findByPrefix(prefix: string): Promise<readonly StoredKey[]>;
  /** Revoked ones, too. */
  find(id: string): Promise<ApiKey | null>;
  /** Newest first, revoked ones among them. */
  list(): Promise<readonly ApiKey[]>;
  /** True when there was such a key and it was not revoked before. */
  revoke(id: string, at: Date): Promise<boolean>;
}

export interface StoredKey {
  readonly key: ApiKey;
  /** SHA-256 of the secret, in hex. */
  readonly secretHash: string;
}
