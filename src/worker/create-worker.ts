import type { Place } from "../concurrency/places.ts";
import type { ApiKey } from "../contract/api-key.ts";
import { PageError } from "../contract/app-error.ts";
import type { Job } from "../contract/job.ts";
import { isFinalStatus } from "../contract/job-status.ts";
import type { Admission, LimitedKey } from "../services/admission.ts";
import type { JobFeed } from "../services/job-feed.ts";
import { toJobError } from "../services/to-job-end.ts";
import type { ClaimedJob, WorkStore } from "../store/work-store.ts";
import { Lease } from "./lease.ts";
import { type MemoryNow, shareUnderPressure } from "./memory-pressure.ts";
import { type Pick, pickFairly, type WaitingOfKey } from "./pick-fairly.ts";
import { type RunJobDeps, runJob } from "./run-job.ts";

export interface WorkerDeps extends RunJobDeps {
  readonly work: WorkStore;
  readonly feed: JobFeed;
  readonly admission: Admission;
  /** Null of a key that is no more: its jobs are done under the default limits. */
  readonly findKey: (id: string) => Promise<ApiKey | null>;
  /** Hosts that can't be asked just now. */
  readonly fullHosts: () => readonly string[];
  /** `QUERN_HOST_CONCURRENCY`. */
  readonly hostConcurrency: number;
  /** `QUERN_HOST_DELAY_MS`. */
  readonly hostDelayMs: number;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  readonly readMemory: () => MemoryNow;
}

export interface Worker {
  /** @throws RequestError UNAVAILABLE */
  start(): Promise<void>;
  /** Claims nothing more. Resolves when nothing runs. */
  drain(): Promise<void>;
  /** Aborts what runs and gives it back to the queue. */
  stop(): Promise<void>;
  /** Jobs that run now. */
  readonly running: number;
}

interface Running {
  readonly host: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** Takes jobs from the store whenever there are places, works on them, and writes how they end. */
export function createWorker(deps: WorkerDeps): Worker {
  return new JobWorker(deps);
}

/** Jobs of hosts that were passed over, and of other processes, are looked for again after so long. */
const LOOK_AGAIN_MS = 250;
const LEAST_LOOK_AGAIN_MS = 20;
const GATHER_MS = 5;
const IDLE_LOOK_AGAIN_MS = 2000;
/** A round asks for the jobs of at most so many keys; the next round goes on with the others. */
const KEYS_PER_ROUND = 50;
const RECLAIM_AT_ONCE = 500;
const BEATS_PER_LEASE = 4;

class JobWorker implements Worker {
  readonly #deps: WorkerDeps;
  readonly #lease: Lease;
  readonly #running = new Map<string, Running>();
  #lastKeyId: string | null = null;
  #isClaiming = false;
  #isDraining = false;
  /** Whether jobs were left waiting by the last round. */
  #hasBacklog = true;
  #askedAgain = false;
  #nextRound: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #beat: NodeJS.Timeout | null = null;
  #hasStopped = false;
  #stopListening: () => void = () => undefined;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
    const { work, leaseMs, logger } = deps;
    this.#lease = new Lease({ work, leaseMs, logger, onLost: (jobs) => this.#giveUp(jobs) });
  }

  get running(): number {
    return this.#running.size;
  }

  async start(): Promise<void> {
    const { feed, admission, leaseMs } = this.#deps;
    await this.#lease.begin();
    await this.#reclaim();
    this.#beat = setTimeout(() => void this.#onBeat(), leaseMs / BEATS_PER_LEASE);
    this.#stopListening = feed.listen(({ id, status }) => {
      if (status === "queued") this.#wakeSoon();
      // Ended by somebody else: cancelled, or given up.
      else if (isFinalStatus(status)) this.#running.get(id)?.controller.abort();
    });
    // Without a backlog a place that synchronous work leaves is no news.
    admission.onFree(() => {
      if (this.#hasBacklog) this.#wakeSoon();
    });
    this.#wake();
  }

  async drain(): Promise<void> {
    this.#isDraining = true;
    clearTimeout(this.#nextRound ?? undefined);
    while (this.#running.size > 0 || this.#isClaiming) {
      await Promise.all([...this.#running.values()].map(({ ended }) => ended));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    this.#isDraining = true;
    this.#hasStopped = true;
    clearTimeout(this.#soon ?? undefined);
    clearTimeout(this.#nextRound ?? undefined);
    clearTimeout(this.#beat ?? undefined);
    this.#stopListening();
    this.#abortAll();
    await this.drain();
    for (const job of await this.#lease.end()) this.#deps.feed.publish(job);
  }

  #giveUp(givenBack: readonly Job[]): void {
    this.#abortAll();
    for (const job of givenBack) this.#deps.feed.publish(job);
  }

  #abortAll(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

  /** Places that become free one after the other are filled by one claim: each one is a commit. */
  #wakeSoon(): void {
    this.#soon ??= setTimeout(
      () => {
        this.#soon = null;
        this.#wake();
      },
      this.#running.size === 0 ? 0 : GATHER_MS,
    );
  }

  /** Claims now, or once more after the round that runs. */
  #wake(): void {
    if (this.#isDraining) return;
    if (this.#isClaiming) {
      this.#askedAgain = true;
      return;
    }
    this.#isClaiming = true;
    clearTimeout(this.#nextRound ?? undefined);
    void this.#claimUntilFull();
  }

  async #claimUntilFull(): Promise<void> {
    let mayBeMore = true;
    try {
      while (mayBeMore && !this.#isDraining) {
        this.#askedAgain = false;
        mayBeMore = (await this.#round()) > 0 || this.#askedAgain;
      }
    } catch (error) {
      this.#deps.logger.error({ err: error }, "no jobs could be claimed");
    } finally {
      this.#isClaiming = false;
    }
    if (this.#isDraining) return;
    const pause = this.#running.size > 0 ? this.#lookAgainMs() : IDLE_LOOK_AGAIN_MS;
    this.#nextRound = setTimeout(() => this.#wake(), pause);
  }

  #lookAgainMs(): number {
    const { hostDelayMs } = this.#deps;
    return hostDelayMs > 0
      ? Math.max(LEAST_LOOK_AGAIN_MS, Math.min(hostDelayMs, LOOK_AGAIN_MS))
      : LOOK_AGAIN_MS;
  }

  /** How many jobs were taken. */
  async #round(): Promise<number> {
    const places = this.#freePlaces();
    if (places === 0) {
      this.#hasBacklog = true;
      return 0;
    }
    const keys = await this.#keysInTurn();
    this.#hasBacklog = keys.size > 0;
    const waiting = await this.#listWaiting(keys, places);
    const picks = pickFairly(waiting, {
      places,
      roomOfKey: (id) => roomOf(this.#deps.admission, keys.get(id)),
      roomOfHost: (host) => this.#roomOfHost(host),
    });
    this.#lastKeyId = picks.at(-1)?.keyId ?? null;
    return this.#take(picks, keys);
  }

  #freePlaces(): number {
    const { admission, readMemory } = this.#deps;
    const free = admission.freeForJobs();
    const share = shareUnderPressure(readMemory());
    // Whatever the pressure, one page at a time goes on.
    return this.#running.size === 0
      ? Math.min(free, Math.max(1, Math.floor(free * share)))
      : Math.floor(free * share);
  }

  /** Those that come after the one that was last, then from the first. */
  async #keysInTurn(): Promise<Map<string, LimitedKey>> {
    const { work, findKey } = this.#deps;
    const after = this.#lastKeyId;
    const next = await work.listWaitingKeys({ after, limit: KEYS_PER_ROUND });
    const first =
      after === null || next.length >= KEYS_PER_ROUND
        ? []
        : await work.listWaitingKeys({ after: null, limit: KEYS_PER_ROUND - next.length });
    const ids = [...new Set([...next, ...first])];
    const keys = await Promise.all(ids.map(findKey));
    return new Map(ids.map((id, index) => [id, keys[index] ?? { id, concurrency: null }]));
  }

  async #listWaiting(
    keys: ReadonlyMap<string, LimitedKey>,
    places: number,
  ): Promise<WaitingOfKey[]> {
    const { work, admission, fullHosts } = this.#deps;
    const full = [...new Set([...fullHosts(), ...this.#hostsAtLimit()])];
    const withRoom = [...keys.values()].filter((key) => roomOf(admission, key) > 0);
    return Promise.all(
      withRoom.map(async ({ id: keyId }) => ({
        keyId,
        jobs: await work.listWaiting({ keyId, fullHosts: full, limit: places }),
      })),
    );
  }

  #hostsAtLimit(): string[] {
    const hosts = new Set([...this.#running.values()].map(({ host }) => host));
    return [...hosts].filter((host) => this.#roomOfHost(host) <= 0);
  }

  #roomOfHost(host: string): number {
    let running = 0;
    for (const job of this.#running.values()) if (job.host === host) running += 1;
    const { hostConcurrency, hostDelayMs } = this.#deps;
    // A second one would only hold a place until the delay has passed.
    return Math.min(hostDelayMs > 0 ? 1 : hostConcurrency, hostConcurrency - running);
  }

  /** Places first: what is claimed can be worked on at once. */
  async #take(picks: readonly Pick[], keys: ReadonlyMap<string, LimitedKey>): Promise<number> {
    const { admission, work, feed } = this.#deps;
    const places = new Map<string, Place>();
    for (const { id, keyId } of picks) {
      const key = keys.get(keyId);
      const place = key === undefined ? null : admission.enterForJob(key);
      if (place !== null) places.set(id, place);
    }
    try {
      const claimed = await work.claim(this.#lease.workerId, [...places.keys()]);
      for (const job of claimed) {
        const place = places.get(job.id);
        places.delete(job.id);
        feed.publish({ id: job.id, status: "processing", version: job.version });
        this.#run(job, place);
      }
      return claimed.length;
    } finally {
      for (const place of places.values()) place.release();
    }
  }

  #run(job: ClaimedJob, place: Place | undefined): void {
    const controller = new AbortController();
    const ended = this.#runToEnd(job, controller.signal).finally(() => {
      this.#running.delete(job.id);
      place?.release();
    });
    this.#running.set(job.id, { host: job.host, controller, ended });
  }

  async #runToEnd(job: ClaimedJob, signal: AbortSignal): Promise<void> {
    const { feed, logger } = this.#deps;
    try {
      const end = await runJob(this.#deps, job, signal);
      if (end !== null) feed.publish({ id: job.id, status: end.status, version: job.version + 1 });
    } catch (error) {
      logger.error({ jobId: job.id, err: error }, "a job broke off");
    }
  }

  /** First the own lease: whoever slept through it gives its jobs back itself, and that is no death. */
  async #onBeat(): Promise<void> {
    try {
      await this.#lease.renew();
      await this.#reclaim();
    } catch (error) {
      this.#deps.logger.error({ err: error }, "the lease could not be renewed");
    }
    if (this.#hasStopped) return;
    this.#beat = setTimeout(() => void this.#onBeat(), this.#deps.leaseMs / BEATS_PER_LEASE);
  }

  /** Takes the jobs of workers that are gone. */
  async #reclaim(): Promise<void> {
    const { work, feed, logger, maxAttempts } = this.#deps;
    const order = { maxDeaths: maxAttempts, limit: RECLAIM_AT_ONCE };
    let jobs: readonly Job[];
    do {
      jobs = await work.reclaim({ ...order, poison: this.#poison() });
      for (const job of jobs) feed.publish(job);
      if (jobs.length > 0) logger.warn({ jobs: jobs.length }, "took jobs back from a dead worker");
    } while (jobs.length >= RECLAIM_AT_ONCE);
  }

  #poison() {
    const at = this.#deps.now();
    const error = new PageError("WORK_CONCURRENCY_LEASE_EXPIRED", {
      message: `The job was given up: its worker died ${this.#deps.maxAttempts} times while it ran (QUERN_MAX_ATTEMPTS).`,
    });
    return {
      error: toJobError(error),
      at,
      resultExpiresAt: new Date(at.getTime() + this.#deps.retentionMs),
    };
  }
}

function roomOf(admission: Admission, key: LimitedKey | undefined): number {
  return key === undefined ? 0 : admission.limitOf(key) - admission.inUse(key);
}
