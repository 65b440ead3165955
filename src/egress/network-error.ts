import { PageError } from "../contract/app-error.ts";

const MESSAGES = {
  dns: "The host's name could not be resolved.",
  connect: "The host accepted no connection.",
  tls: "No secure connection could be made: the host's certificate or its TLS is not valid.",
  reset: "The connection broke before the answer was whole.",
  headers_too_large: "The answer's headers are too large.",
} as const;

/** The cause may hold addresses: it is for the log alone. */
export function networkError(reason: keyof typeof MESSAGES, cause?: unknown): PageError {
  return new PageError("NETWORK_ERROR", { message: MESSAGES[reason], details: { reason }, cause });
}
