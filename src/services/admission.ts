import type { Place, Places } from "../concurrency/places.ts";
import type { ApiKey } from "../contract/api-key.ts";
import { RequestError } from "../contract/app-error.ts";

/** What of a key decides how many of its pages are worked on at once. */
export type LimitedKey = Pick<ApiKey, "id" | "concurrency">;

/** Who may work on a page now: a limit for each key, and one for all. */
export interface Admission {
  /**
   * A place for one page of this key. Over the key's limit there is none at once; with all places taken the call
   * waits for a while.
   * @throws RequestError WORK_CONCURRENCY_LIMITED, and whatever `signal` is aborted with.
   */
  enter(wish: AdmissionWish): Promise<Place>;
  /** A place for a job of this key; null where there is none at once. A share of the places stays free of jobs. */
  enterForJob(key: LimitedKey): Place | null;
  /** Places that jobs could take now. */
  freeForJobs(): number;
  /** Calls `listener` whenever a place becomes free. */
  onFree(listener: () => void): void;
  /** Pages of the key that are worked on now. */
  inUse(key: LimitedKey): number;
  limitOf(key: LimitedKey): number;
}

interface AdmissionWish {
  readonly key: LimitedKey;
  readonly maxWaitMs: number;
  readonly signal: AbortSignal;
}

interface AdmissionDeps {
  readonly places: Places;
  /** Of keys that have no limit of their own. */
  readonly keyConcurrency: number;
}

export function createAdmission({ places, keyConcurrency }: AdmissionDeps): Admission {
  const inUse = new Map<string, number>();
  const count = (key: LimitedKey, step: 1 | -1): void => {
    const pages = (inUse.get(key.id) ?? 0) + step;
    if (pages === 0) inUse.delete(key.id);
    else inUse.set(key.id, pages);
  };
  const limitOf = (key: LimitedKey): number => key.concurrency ?? keyConcurrency;
  const listeners: (() => void)[] = [];
  const left = (key: LimitedKey): void => {
    count(key, -1);
    for (const listener of listeners) listener();
  };
  const freeForJobs = (): number => {
    if (places.waiting > 0) return 0;
    return Math.max(0, places.limit - keptFromJobs(places.limit) - places.inUse);
  };

  return {
    freeForJobs,
    onFree: (listener) => {
      listeners.push(listener);
    },
    enterForJob(key) {
      if (freeForJobs() === 0 || (inUse.get(key.id) ?? 0) >= limitOf(key)) return null;
      count(key, 1);
      return leaving(places.take(), () => left(key));
    },
    inUse: (key) => inUse.get(key.id) ?? 0,
    limitOf,
    async enter({ key, ...wish }) {
      if ((inUse.get(key.id) ?? 0) >= limitOf(key)) throw overKeyLimit(limitOf(key));
      // Counted while it waits for a place, too: one key can't fill the line.
      count(key, 1);
      try {
        const place = await places.acquire(wish);
        if (place === null) throw noPlace(places.limit);
        return leaving(place, () => left(key));
      } catch (error) {
        count(key, -1);
        throw error;
      }
    },
  };
}

/** A quarter, so that synchronous calls are quick whatever backlog there is; of a single place nothing can be kept. */
function keptFromJobs(limit: number): number {
  return limit === 1 ? 0 : Math.ceil(limit / 4);
}

function leaving(place: Place, leave: () => void): Place {
  let isIn = true;
  return {
    release: () => {
      if (!isIn) return;
      isIn = false;
      // First the line of those who wait, then whoever is told.
      place.release();
      leave();
    },
  };
}

function overKeyLimit(limit: number): RequestError {
  return new RequestError("WORK_CONCURRENCY_LIMITED", {
    message: `This key may have ${limit} pages worked on at once. Try again when one has ended.`,
  });
}

function noPlace(limit: number): RequestError {
  return new RequestError("WORK_CONCURRENCY_LIMITED", {
    message: `All ${limit} places for pages are taken. Try again soon.`,
  });
}
