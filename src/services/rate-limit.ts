import type { ApiKey } from "../contract/api-key.ts";
import { RequestError } from "../contract/app-error.ts";

/** Requests per minute of each key that has a limit. */
export interface RateLimit {
  /** @throws RequestError RATE_LIMITED, with the time at which the next request fits. */
  take(key: ApiKey): void;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

const MINUTE_MS = 60_000;

/**
 * A token bucket per key: a minute's worth may come at once, after that they come back evenly, so that no
 * moment is a better one than another. `now` in ms, never backwards.
 */
export function createRateLimit({ now }: { readonly now: () => number }): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(key) {
      if (key.perMinute === null) return;
      const bucket = refill(buckets.get(key.id), { perMinute: key.perMinute, at: now() });
      buckets.set(key.id, bucket);
      if (bucket.tokens < 1) throw refuse(key.perMinute, bucket);
      bucket.tokens -= 1;
    },
  };
}

function refill(
  bucket: Bucket | undefined,
  { perMinute, at }: { perMinute: number; at: number },
): Bucket {
  if (bucket === undefined) return { tokens: perMinute, filledAt: at };
  const earned = ((at - bucket.filledAt) * perMinute) / MINUTE_MS;
  return { tokens: Math.min(perMinute, bucket.tokens + earned), filledAt: at };
}

function refuse(perMinute: number, { tokens }: Bucket): RequestError {
  const seconds = Math.ceil(((1 - tokens) * MINUTE_MS) / perMinute / 1000);
  return new RequestError("RATE_LIMITED", {
    message: `This key may send ${perMinute} requests per minute. Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  });
}
