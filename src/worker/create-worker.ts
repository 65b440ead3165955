import type { Place } from "../concurrency/places.ts";
import type { Job } from "../contract/job.ts";
import { isFinalStatus } from "../contract/job-status.ts";
import type { Admission } from "../services/admission.ts";
import type { JobFeed } from "../services/job-feed.ts";
import type { ClaimedJob, WorkStore } from "../store/work-store.ts";
import { type ChosenJob, JobChooser, type JobChooserDeps } from "./job-chooser.ts";
import { Lease } from "./lease.ts";
import { type MemoryNow, shareUnderPressure } from "./memory-pressure.ts";
import { reclaimJobs } from "./reclaim-jobs.ts";
import { type RunJobDeps, runJob } from "./run-job.ts";

export interface WorkerDeps extends RunJobDeps, JobChooserDeps {
  readonly work: WorkStore;
  readonly feed: JobFeed;
  readonly admission: Admission;
  /** `QUERN_LEASE_MS`. */
  readonly leaseMs: number;
  /** `QUERN_MAX_ATTEMPTS`. */
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
/** Places that become free one after the other are filled by one claim: each one is a commit. */
const GATHER_MS = 5;
const IDLE_LOOK_AGAIN_MS = 2000;
const BEATS_PER_LEASE = 4;

class JobWorker implements Worker {
  readonly #deps: WorkerDeps;
  readonly #lease: Lease;
  readonly #chooser: JobChooser;
  readonly #running = new Map<string, Running>();
  /** Jobs that ended while a claim was under way: it may bring one of them. */
  readonly #endedMeanwhile = new Set<string>();
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
    this.#chooser = new JobChooser(deps);
    this.#lease = new Lease({ work, leaseMs, logger, onLost: (jobs) => this.#giveUp(jobs) });
  }

  get running(): number {
    return this.#running.size;
  }

  async start(): Promise<void> {
    const { feed, admission, leaseMs } = this.#deps;
    await this.#lease.begin();
    await reclaimJobs(this.#deps);
    this.#beat = setTimeout(() => void this.#onBeat(), leaseMs / BEATS_PER_LEASE);
    this.#stopListening = feed.listen(({ id, status }) => {
      if (status === "queued") this.#wakeSoon();
      else if (isFinalStatus(status)) this.#noteEnd(id);
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

  /** By this worker itself, or by somebody else: cancelled, or given up. */
  #noteEnd(id: string): void {
    this.#running.get(id)?.controller.abort();
    if (this.#isClaiming) this.#endedMeanwhile.add(id);
  }

  #giveUp(givenBack: readonly Job[]): void {
    this.#abortAll();
    for (const job of givenBack) this.#deps.feed.publish(job);
  }

  #abortAll(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }

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
      this.#endedMeanwhile.clear();
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
    const { jobs, hadWaiting } = await this.#chooser.choose(places, this.#runningByHost());
    this.#hasBacklog = hadWaiting;
    return this.#take(jobs);
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

  #runningByHost(): Map<string, number> {
    const running = new Map<string, number>();
    for (const { host } of this.#running.values()) running.set(host, (running.get(host) ?? 0) + 1);
    return running;
  }

  /** Places first: what is claimed can be worked on at once. */
  async #take(chosen: readonly ChosenJob[]): Promise<number> {
    const { admission, work, feed } = this.#deps;
    const places = new Map<string, Place>();
    for (const { id, key } of chosen) {
      const place = admission.enterForJob(key);
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
    if (this.#endedMeanwhile.has(job.id)) controller.abort();
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
      await reclaimJobs(this.#deps);
    } catch (error) {
      this.#deps.logger.error({ err: error }, "the lease could not be renewed");
    }
    if (this.#hasStopped) return;
    this.#beat = setTimeout(() => void this.#onBeat(), this.#deps.leaseMs / BEATS_PER_LEASE);
  }
}
