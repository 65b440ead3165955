import type { CdpSession } from "../cdp/cdp-connection.ts";
import type { NetworkLog } from "./network-log.ts";

/** A page in a context of its own: nothing is kept from one to the next. */
export interface Tab {
  readonly session: CdpSession;
  /** Also of its main frame. */
  readonly id: string;
  readonly network: NetworkLog;
  /** Rejects when the page's renderer dies, or the browser. */
  readonly failed: Promise<never>;
  /** Gone at once, whatever its scripts do. */
  close(): Promise<void>;
}
