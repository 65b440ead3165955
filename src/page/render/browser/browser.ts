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
  /** Ends a renderer that {@link readRenderers} has just named, since it takes too much memory. */
  endRenderer(pid: number): void;
  /** When that was done last; negative infinity where it never was. */
  readonly rendererEndedAt: number;
  /** Ends all its processes, and removes what it wrote. */
  end(): Promise<void>;
}
