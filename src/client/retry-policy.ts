import type { QuernError } from "./quern-error.ts";

export interface RetryPolicy {
  /** The first one included. */
  readonly maxTries: number;
  /** Bound of the first pause; it doubles with each further one. */
  readonly basePauseMs: number;
  readonly maxPauseMs: number;
  /** A server that asks for more than this gets no other try: the caller should know. */
  readonly maxRetryAfterMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxTries: 4,
  basePauseMs: 500,
  maxPauseMs: 10_000,
  maxRetryAfterMs: 30_000,
};

/** Statuses that a busy server has, or a proxy in front of one that starts anew. */
const PASSING_STATUSES: ReadonlySet<number | null> = new Set([429, 502, 503, 504]);

/** Nothing reached the server, or it says itself that it is not the time. */
export function isPassing(error: QuernError): boolean {
  if (error.code === "CONNECTION_FAILED") return true;
  return error.retryable && PASSING_STATUSES.has(error.status);
}

/** Milliseconds before the next try after `tries`; null: there is none. */
export function pauseAfter(
  error: QuernError,
  { tries, policy }: { tries: number; policy: RetryPolicy },
): number | null {
  if (tries >= policy.maxTries || !isPassing(error)) return null;
  const askedMs = error.retryAfterMs ?? 0;
  return askedMs > policy.maxRetryAfterMs ? null : askedMs + jitterMs(tries, policy);
}

/** Full jitter, so that those who were refused together do not come back together. */
export function jitterMs(tries: number, { basePauseMs, maxPauseMs }: RetryPolicy): number {
  return Math.random() * Math.min(maxPauseMs, basePauseMs * 2 ** (tries - 1));
}
