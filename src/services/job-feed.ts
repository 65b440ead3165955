import type { Job } from "../contract/job.ts";

/** What has just been committed, for those in this process who wait for it. */
export type JobChange = Pick<Job, "id" | "status" | "version">;

export interface JobFeed {
  publish(change: JobChange): void;
  /** Told of every change, until the returned function is called. */
  listen(listener: (change: JobChange) => void): () => void;
  /** For one job. Begin before reading its state: then no change falls between. */
  watch(jobId: string): JobWatch;
}

export interface JobWatch extends Disposable {
  /** Resolves once something has changed since the last call, after `maxWaitMs`, or when `signal` is aborted. */
  next(wish: { readonly maxWaitMs: number; readonly signal: AbortSignal }): Promise<void>;
}

export function createJobFeed(): JobFeed {
  const listeners = new Set<(change: JobChange) => void>();
  const watches = new Map<string, Set<Watch>>();
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
      for (const watch of watches.get(change.id) ?? []) watch.notice();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch(jobId) {
      const ofJob = watches.get(jobId) ?? new Set();
      watches.set(jobId, ofJob);
      const watch = new Watch(() => {
        ofJob.delete(watch);
        if (ofJob.size === 0) watches.delete(jobId);
      });
      ofJob.add(watch);
      return watch;
    },
  };
}

class Watch implements JobWatch {
  readonly #leave: () => void;
  #hasNews = false;
  #wake: (() => void) | null = null;

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  notice(): void {
    this.#hasNews = true;
    this.#wake?.();
  }

  async next({ maxWaitMs, signal }: { maxWaitMs: number; signal: AbortSignal }): Promise<void> {
    if (!this.#hasNews && !signal.aborted) await this.#sleep(maxWaitMs, signal);
    this.#hasNews = false;
  }

  [Symbol.dispose](): void {
    this.#leave();
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener("abort", wake, { once: true });
      this.#wake = wake;
    });
  }
}
