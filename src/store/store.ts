import type { JobStore } from "./job-store.ts";
import type { KeyStore } from "./key-store.ts";
import type { RetentionStore } from "./retention-store.ts";
import type { UsageStore } from "./usage-store.ts";
import type { WorkStore } from "./work-store.ts";

/** What lasts. One interface for every engine; the compliance suite runs against it. */
export interface Store {
  readonly keys: KeyStore;
  readonly jobs: JobStore;
  readonly work: WorkStore;
  readonly usage: UsageStore;
  readonly retention: RetentionStore;
  /** Resolves when a statement has gone through the engine. @throws RequestError UNAVAILABLE */
  ping(): Promise<void>;
  /** Reads everything once and lists what is wrong; empty: nothing. @throws RequestError UNAVAILABLE */
  check(): Promise<readonly string[]>;
  /** Says where this server listens, for the message to a second one that is started on the same data. */
  announce(address: string): Promise<void>;
  /**
   * Writes a consistent copy to a file that does not exist yet, while the database is in use.
   * @throws StartError when the file exists or cannot be written
   */
  backup(file: string): Promise<void>;
  /** Commits what has gathered and closes. Calls that come later fail with RequestError UNAVAILABLE. */
  stop(): Promise<void>;
}
