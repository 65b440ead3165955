import type { ErrorReply } from "../contract/error-reply.ts";

/** What goes wrong on the way to a server, or before it is known to be one. */
export type ClientErrorCode = "CONNECTION_FAILED" | "REQUEST_TIMEOUT" | "UNEXPECTED_REPLY";

interface ErrorFacts extends Partial<Pick<ErrorReply, "details" | "detail" | "retryable">> {
  /** A code of the error table or a {@link ClientErrorCode}; a newer server may have others. */
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  readonly correlationId?: string | null;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** Why a call did not give what it is for: refused by the server, or lost on the way. */
export class QuernError extends Error {
  override readonly name = "QuernError";
  readonly code: string;
  /** Of the HTTP reply; null where there was none. */
  readonly status: number | null;
  /** The request id, as in the server's log. */
  readonly correlationId: string | null;
  /** Whether the same call may work later. */
  readonly retryable: boolean;
  /** Facts to act on. `reason` is the finer code. */
  readonly details: ErrorReply["details"];
  /** Of VALIDATION_ERROR: each field that was refused. */
  readonly refusals: NonNullable<ErrorReply["detail"]>;
  /** What the server asked for with `Retry-After`. */
  readonly retryAfterMs: number | null;

  constructor(facts: ErrorFacts) {
    super(toOneLine(facts.message), { cause: facts.cause });
    this.code = toOneLine(facts.code);
    this.status = facts.status ?? null;
    this.correlationId = facts.correlationId ?? null;
    this.retryable = facts.retryable ?? false;
    this.details = facts.details ?? null;
    this.refusals = facts.detail ?? [];
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** Text of an unknown server may end on a terminal, where control characters are commands. */
function toOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ");
}
