/** A number of places, and a bounded queue of those who wait for one. */
export interface Places {
  /** Places taken. */
  readonly inUse: number;
  readonly waiting: number;
  readonly limit: number;
  /**
   * A place, in the order of asking; null where none became free in time, or the queue is full.
   * @throws whatever `signal` is aborted with.
   */
  acquire(wish: PlaceWish): Promise<Place | null>;
  /** A place at once, for whoever has seen that there is one. @throws RangeError where there is none */
  take(): Place;
}

export interface Place {
  /** Gives the place back; more than once is the same as once. */
  release(): void;
}

interface PlaceWish {
  readonly signal: AbortSignal;
  /** 0: now or not at all. Infinity: until there is one. */
  readonly maxWaitMs: number;
}

interface PlaceLimits {
  readonly limit: number;
  /** How many may wait at once. */
  readonly maxWaiting: number;
}

// A set keeps the order of asking, and lets somebody in the middle leave at no cost.
type Line = Set<(place: Place) => void>;

export function createPlaces({ limit, maxWaiting }: PlaceLimits): Places {
  const line: Line = new Set();
  let inUse = 0;

  const take = (): Place => {
    if (inUse >= limit) throw new RangeError("All places are taken");
    inUse += 1;
    let held = true;
    return {
      release: () => {
        if (!held) return;
        held = false;
        inUse -= 1;
        serveNext();
      },
    };
  };

  const serveNext = (): void => {
    const [next] = line;
    if (next === undefined) return;
    line.delete(next);
    next(take());
  };

  return {
    limit,
    get inUse() {
      return inUse;
    },
    get waiting() {
      return line.size;
    },
    take,
    async acquire(wish) {
      wish.signal.throwIfAborted();
      if (inUse < limit) return take();
      if (wish.maxWaitMs <= 0 || line.size >= maxWaiting) return null;
      return waitInLine(line, wish);
    },
  };
}

function waitInLine(line: Line, { signal, maxWaitMs }: PlaceWish): Promise<Place | null> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      line.delete(serve);
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
    };
    const serve = (place: Place | null) => {
      leave();
      resolve(place);
    };
    const giveUp = () => {
      leave();
      reject(signal.reason);
    };
    const timer = Number.isFinite(maxWaitMs) ? setTimeout(serve, maxWaitMs, null) : undefined;
    signal.addEventListener("abort", giveUp, { once: true });
    line.add(serve);
  });
}
