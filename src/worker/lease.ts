import { randomUUIDv7 } from "node:crypto";
import type { Job } from "../contract/job.ts";
import type { WorkStore } from "../store/work-store.ts";
import type { Logger } from "../telemetry/create-logger.ts";

interface LeaseDeps {
  readonly work: Pick<WorkStore, "enlist" | "renew" | "leave">;
  /** `QUERN_LEASE_MS`. */
  readonly leaseMs: number;
  /** Whatever runs has to end: its jobs may be others' by now. Those that were still ours are in the queue again. */
  readonly onLost: (givenBack: readonly Job[]) => void;
  readonly logger: Logger;
}

/** A worker's right to hold jobs: it has to be renewed several times within its length. */
export class Lease {
  readonly #deps: LeaseDeps;
  #workerId = randomUUIDv7();

  constructor(deps: LeaseDeps) {
    this.#deps = deps;
  }

  get workerId(): string {
    return this.#workerId;
  }

  /** @throws RequestError UNAVAILABLE */
  begin(): Promise<void> {
    return this.#deps.work.enlist(this.#workerId, this.#deps.leaseMs);
  }

  /** @throws RequestError UNAVAILABLE: the next call tries again, and if none gets through in time the lease is over. */
  async renew(): Promise<void> {
    const { work, leaseMs, logger, onLost } = this.#deps;
    if (await work.renew(this.#workerId, leaseMs)) return;
    logger.warn(
      { workerId: this.#workerId },
      "the lease is over: this worker was silent for too long",
    );
    const givenBack = await this.end();
    this.#workerId = randomUUIDv7();
    onLost(givenBack);
    await this.begin();
  }

  /** What the worker still holds goes back to the queue. */
  end(): Promise<readonly Job[]> {
    return this.#deps.work.leave(this.#workerId);
  }
}
