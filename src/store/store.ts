import type { KeyStore } from "./key-store.ts";

/** What lasts. One interface for every engine; the compliance suite runs against it. */
export interface Store {
  readonly keys: KeyStore;
  /** Resolves when a statement has gone through the engine. @throws RequestError UNAVAILABLE */
  ping(): Promise<void>;
  /** Commits what has gathered and closes. */
  stop(): Promise<void>;
}
