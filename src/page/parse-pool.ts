import { Piscina } from "piscina";
import { createPlaces, type Place } from "../concurrency/places.ts";
import { threadEntry } from "../concurrency/thread-entry.ts";
import { PageError } from "../contract/app-error.ts";
import type { Reading, ReadingOrder } from "./read-fetched-page.ts";

/** Threads that turn fetched bytes into content, so that no page holds up the event loop. */
export interface ParsePool {
  /**
   * @throws PageError UNPROCESSABLE_CONTENT (`too_complex`) when the page takes more time or memory than a page may,
   * and whatever `signal` is aborted with.
   */
  read(order: ReadingOrder, signal: AbortSignal): Promise<Reading>;
  readonly threads: number;
  /** Pages that wait for a thread. */
  readonly waiting: number;
  /** Threads ended since the start, since a page took their time or memory. */
  readonly lost: number;
  stop(): Promise<void>;
}

export interface ParseLimits {
  readonly maxThreads: number;
  /** Of one page, from the moment that it has a thread. */
  readonly timeoutMs: number;
  /** Of one thread's heap. */
  readonly heapMiB: number;
}

export function createParsePool(limits: ParseLimits): ParsePool {
  const threads = openThreads(limits);
  // A line of our own: the time of a page counts from its thread on, which the pool does not tell.
  const places = createPlaces({ limit: limits.maxThreads, maxWaiting: Number.POSITIVE_INFINITY });
  let lost = 0;

  async function run(order: ReadingOrder, signal: AbortSignal): Promise<Reading> {
    const limit = startLimit(limits.timeoutMs, signal);
    try {
      return await threads.run(order, {
        name: "readFetchedPage",
        signal: limit.signal,
        // Its type follows another overload of postMessage than its code, which wants the list itself.
        transferList: [order.page.body.buffer] as never,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.signal.aborted && !isOutOfMemory(error)) throw error;
      lost += 1;
      throw tooComplex(error);
    } finally {
      limit.stop();
    }
  }

  return {
    async read(order, signal) {
      const place = await takePlace(
        places.acquire({ signal, maxWaitMs: Number.POSITIVE_INFINITY }),
      );
      try {
        return await run(order, signal);
      } finally {
        place.release();
      }
    },
    get threads() {
      return threads.threads.length;
    },
    get waiting() {
      return places.waiting;
    },
    get lost() {
      return lost;
    },
    stop: () => threads.destroy(),
  };
}

function openThreads({ maxThreads, heapMiB }: ParseLimits): Piscina<ReadingOrder, Reading> {
  return new Piscina<ReadingOrder, Reading>({
    filename: threadEntry("read-fetched-page", import.meta.url).href,
    minThreads: 1,
    maxThreads,
    // A thread costs some 20 MB while it lies idle, and a new one takes hundreds of pages until its code is compiled.
    idleTimeout: IDLE_MS,
    // A message wakes a thread by itself; waking it through shared memory as well took a tenth of the event loop's time.
    resourceLimits: {
      maxOldGenerationSizeMb: heapMiB,
      maxYoungGenerationSizeMb: Math.min(YOUNG_GENERATION_MIB, heapMiB / 4),
    },
  });
}

const IDLE_MS = 300_000;

/** Nothing of a page outlives it, but a page that fills a small generation is copied as if it did: a tenth of its time. */
const YOUNG_GENERATION_MIB = 96;

/** A page that is no longer wanted ends by itself in most cases; ending its thread costs the next page a start. */
const GRACE_MS = 250;

interface Limit {
  /** Ends the thread. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

function startLimit(timeoutMs: number, wanted: AbortSignal): Limit {
  const end = new AbortController();
  const timers = [setTimeout(() => end.abort(), timeoutMs)];
  const endSoon = (): void => {
    timers.push(setTimeout(() => end.abort(), GRACE_MS));
  };
  wanted.addEventListener("abort", endSoon, { once: true });
  return {
    signal: end.signal,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      wanted.removeEventListener("abort", endSoon);
    },
  };
}

async function takePlace(place: Promise<Place | null>): Promise<Place> {
  const taken = await place;
  if (taken === null) throw new PageError("INTERNAL_ERROR");
  return taken;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function tooComplex(cause: unknown): PageError {
  return new PageError("UNPROCESSABLE_CONTENT", {
    message: "The page takes more time or memory to read than a page may.",
    details: { reason: "too_complex" },
    cause,
  });
}
