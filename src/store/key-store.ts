import type { ApiKey } from "../contract/api-key.ts";

/** Every call resolves after the commit. @throws RequestError UNAVAILABLE when the database is away. */
export interface KeyStore {
  /** `hash`: SHA-256 of the secret, in hex. */
  insert(key: ApiKey, hash: string): Promise<void>;
  /** Revoked keys are found too: the caller decides. */
  findByHash(hash: string): Promise<ApiKey | null>;
  /** Newest first, revoked ones among them. */
  list(): Promise<ApiKey[]>;
  /** True when there was such a key and it was not revoked before. */
  revoke(id: string, at: Date): Promise<boolean>;
}
