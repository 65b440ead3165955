import { PageError, RequestError } from "../../../contract/app-error.ts";
import type {
  ErrorReply,
  ExtractionErrorReply,
  FieldRefusal,
} from "../../../contract/error-reply.ts";
import {
  type JobErrorCode,
  REQUEST_ERRORS,
  type RequestErrorCode,
} from "../../../contract/error-table.ts";
import { ValidationError } from "../../../contract/validation-error.ts";

export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorReply | ExtractionErrorReply;
}

interface ErrorContext {
  readonly requestId: string;
  readonly failsAsExtraction: boolean;
}

/** What a caller is told of an error. Of one that nobody foresaw: nothing but that it happened. */
export function toErrorReply(error: unknown, context: ErrorContext): ErrorAnswer {
  if (error instanceof PageError) return answerPageError(error, context.requestId);
  if (error instanceof ValidationError) return answerValidationError(error, context);
  const refusal = error instanceof RequestError ? error : new RequestError("INTERNAL_ERROR");
  return { status: refusal.status, body: toReply(refusal, context.requestId) };
}

/** Failures of a page that are ours, or our limits: they keep the status of the request error. */
const OWN_FAILURES: Partial<Record<JobErrorCode, RequestErrorCode>> = {
  INTERNAL_ERROR: "INTERNAL_ERROR",
  PAYMENT_REQUIRED: "PAYMENT_REQUIRED",
  WORK_CONCURRENCY_LIMITED: "WORK_CONCURRENCY_LIMITED",
};
/** Of a sync extraction that fails, whatever the reason. */
const FAILED_EXTRACTION_STATUS = 422;

function answerPageError(error: PageError, requestId: string): ErrorAnswer {
  const reply = toReply(error, requestId);
  const own = OWN_FAILURES[error.code];
  if (own !== undefined) return { status: REQUEST_ERRORS[own].status, body: reply };
  return { status: FAILED_EXTRACTION_STATUS, body: asFailedExtraction(reply, error.code) };
}

function answerValidationError(
  error: ValidationError,
  { requestId, failsAsExtraction }: ErrorContext,
): ErrorAnswer {
  const reply = { ...toReply(error, requestId), detail: [...error.refusals] };
  const body = failsAsExtraction
    ? asFailedExtraction(reply, toJobErrorCode(error.refusals[0]))
    : reply;
  return { status: error.status, body };
}

/** The code that the vendor's client gets to see for a bad field. */
function toJobErrorCode({ loc: [, field, inner] }: FieldRefusal): JobErrorCode {
  if (field === "url") return "INVALID_URL";
  if (field === "wait_config" && inner === "wait_for") return "INVALID_WAIT_FOR_SELECTOR";
  return "UNPROCESSABLE_CONTENT";
}

function toReply(error: RequestError | PageError, requestId: string): ErrorReply {
  const { code, message, retryable, details } = error;
  return {
    code,
    message,
    correlation_id: requestId,
    retryable,
    details: details && { ...details },
  };
}

/** The vendor's shape around ours: its client reads nothing else in a 422 of an extraction. */
function asFailedExtraction(reply: ErrorReply, code: JobErrorCode): ExtractionErrorReply {
  const { message, retryable, details, correlation_id } = reply;
  const error = { code, message, retryable, details, correlation_id };
  return { error, tokens_charged: 0, ...reply };
}
