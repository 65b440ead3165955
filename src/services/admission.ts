import type { Place, Places } from "../concurrency/places.ts";
import type { ApiKey } from "../contract/api-key.ts";
import { RequestError } from "../contract/app-error.ts";

/** Who may work on a page now: a limit for each key, and one for all. */
export interface Admission {
  /**
   * A place for one page of this key. Over the key's limit there is none at once; with all places taken the call
   * waits for a while.
   * @throws RequestError WORK_CONCURRENCY_LIMITED, and whatever `signal` is aborted with.
   */
  enter(wish: AdmissionWish): Promise<Place>;
  /** Pages of the key that are worked on now. */
  inUse(key: ApiKey): number;
  limitOf(key: ApiKey): number;
}

interface AdmissionWish {
  readonly key: ApiKey;
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
  const count = (key: ApiKey, step: 1 | -1): void => {
    const pages = (inUse.get(key.id) ?? 0) + step;
    if (pages === 0) inUse.delete(key.id);
    else inUse.set(key.id, pages);
  };
  const limitOf = (key: ApiKey): number => key.concurrency ?? keyConcurrency;

  return {
    inUse: (key) => inUse.get(key.id) ?? 0,
    limitOf,
    async enter({ key, ...wish }) {
      if ((inUse.get(key.id) ?? 0) >= limitOf(key)) throw overKeyLimit(limitOf(key));
      // Counted while it waits for a place, too: one key can't fill the line.
      count(key, 1);
      try {
        const place = await places.acquire(wish);
        if (place === null) throw noPlace(places.limit);
        return leaving(place, () => count(key, -1));
      } catch (error) {
        count(key, -1);
        throw error;
      }
    },
  };
}

function leaving(place: Place, leave: () => void): Place {
  let isIn = true;
  return {
    release: () => {
      if (!isIn) return;
      isIn = false;
      leave();
      place.release();
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
