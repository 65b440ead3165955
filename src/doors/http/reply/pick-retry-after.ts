import type { RequestError } from "../../../contract/app-error.ts";

/** Clients sleep it in full and try GET and DELETE up to 3 times: small, so that polling survives a restart. */
const MAX_POLLING_SECONDS = 2;
const DEFAULT_SECONDS = 1;

/** Seconds for `Retry-After`; null for an error that waiting does not mend. */
export function pickRetryAfter(
  { status, retryable, retryAfterSeconds }: RequestError,
  method: string,
): number | null {
  if (!retryable || (status !== 429 && status !== 503)) return null;
  const seconds = Math.max(DEFAULT_SECONDS, Math.ceil(retryAfterSeconds ?? DEFAULT_SECONDS));
  return method === "POST" ? seconds : Math.min(seconds, MAX_POLLING_SECONDS);
}
