import {
  JOB_ERRORS,
  type JobErrorCode,
  type JobErrorRow,
  REQUEST_ERRORS,
  type RequestErrorCode,
} from "./error-table.ts";

/** Facts for the caller, string to string: clients refuse other values. `reason` is the finer code. */
export type ErrorDetails = Readonly<Record<string, string>>;

interface ErrorFacts {
  /** For the caller: what failed and what to do. Default: the table's sentence. */
  message?: string;
  details?: ErrorDetails | null;
  /** For the log alone: never sent. */
  cause?: unknown;
}

/** A refusal of a request: answered with the status of its row in the table. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: RequestErrorCode;
  readonly details: ErrorDetails | null;
  /** Seconds for `Retry-After`; null where the door's default fits. */
  readonly retryAfterSeconds: number | null;

  constructor(code: RequestErrorCode, facts: ErrorFacts & { retryAfterSeconds?: number } = {}) {
    super(facts.message ?? REQUEST_ERRORS[code].message, { cause: facts.cause });
    this.code = code;
    this.details = facts.details ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }

  get status(): number {
    return REQUEST_ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return REQUEST_ERRORS[this.code].retryable;
  }
}

/** The failure of one page or job. */
export class PageError extends Error {
  override readonly name = "PageError";
  readonly code: JobErrorCode;
  readonly details: ErrorDetails | null;
  /** What the target asked for with `Retry-After`, in ms; for the retry alone. */
  readonly retryAfterMs: number | null;

  constructor(code: JobErrorCode, facts: ErrorFacts & { retryAfterMs?: number | null } = {}) {
    super(facts.message ?? JOB_ERRORS[code].message, { cause: facts.cause });
    this.code = code;
    this.details = facts.details ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }

  get reason(): string | null {
    return this.details?.["reason"] ?? null;
  }

  get retryable(): boolean {
    const row: JobErrorRow = JOB_ERRORS[this.code];
    return row.retryable && !row.finalReasons?.includes(this.reason ?? "");
  }
}
