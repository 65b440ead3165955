import type { CdpConnection } from "../cdp/cdp-connection.ts";

/** One Chromium that runs. */
export interface Browser {
  readonly cdp: CdpConnection;
  readonly pid: number;
  readonly startedAt: number;
  /** Resolves when its process has ended, whatever ended it. */
  readonly ended: Promise<void>;
  readonly hasEnded: boolean;
  /** Resident bytes of each of its renderers, by process. */
  readRenderers(): Promise<ReadonlyMap<number, number>>;
  /** Ends all its processes, and removes what it wrote. */
  end(): Promise<void>;
}
