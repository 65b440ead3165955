/** Whose doing a failure is: it decides the log level and who should act. */
export type Fault = "caller" | "target" | "us";

export interface RequestErrorRow {
  readonly status: number;
  readonly retryable: boolean;
  readonly fault: Fault;
  readonly message: string;
}

export interface JobErrorRow {
  /** What `retryable` says where the error does not decide it by its reason. */
  readonly retryable: boolean;
  /** How often the page is tried again by itself while time is left. */
  readonly triesAgain: "never" | "once" | "within_time" | "next_proxy";
  /** Reasons whose failures are not worth another try although the code's others are. */
  readonly finalReasons?: readonly string[];
  readonly fault: Fault;
  readonly message: string;
}

/** Errors that answer a request: one row per code. */
export const REQUEST_ERRORS = {
  INVALID_JSON: {
    status: 400,
    retryable: false,
    fault: "caller",
    message: "The request body is not valid JSON.",
  },
  VALIDATION_ERROR: {
    status: 422,
    retryable: false,
    fault: "caller",
    message: "The request has fields that are missing or out of range.",
  },
  UNAUTHORIZED: {
    status: 401,
    retryable: false,
    fault: "caller",
    message: "Send a valid API key in the X-Api-Key header.",
  },
  FORBIDDEN: {
    status: 403,
    retryable: false,
    fault: "caller",
    message: "The API key's scope does not allow this request.",
  },
  PAYMENT_REQUIRED: {
    status: 402,
    retryable: false,
    fault: "caller",
    message: "The API key's token budget for this month is used up.",
  },
  NOT_FOUND: { status: 404, retryable: false, fault: "caller", message: "There is nothing here." },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retryable: false,
    fault: "caller",
    message: "This method is not allowed here; the Allow header names those that are.",
  },
  NOT_ACCEPTABLE: {
    status: 406,
    retryable: false,
    fault: "caller",
    message: "Answers are application/json; the Accept header has to allow that.",
  },
  TIMEOUT: {
    status: 408,
    retryable: true,
    fault: "target",
    message: "The time for this request is over.",
  },
  NOT_CANCELLABLE: {
    status: 409,
    retryable: false,
    fault: "caller",
    message: "The job has ended and can no longer be cancelled.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    retryable: false,
    fault: "caller",
    message: "This Idempotency-Key was used with another request body.",
  },
  LIMIT_REACHED: {
    status: 409,
    retryable: false,
    fault: "caller",
    message: "The account already has as many of these as it may have.",
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    retryable: false,
    fault: "caller",
    message: "The request body is too large.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retryable: false,
    fault: "caller",
    message: "Send the body as application/json.",
  },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    fault: "caller",
    message: "The API key's requests per minute are used up.",
  },
  WORK_CONCURRENCY_LIMITED: {
    status: 429,
    retryable: true,
    fault: "caller",
    message: "All places for pages are taken.",
  },
  QUEUE_FULL: {
    status: 429,
    retryable: true,
    fault: "us",
    message: "The queue of open jobs is full.",
  },
  INTERNAL_ERROR: {
    status: 500,
    retryable: true,
    fault: "us",
    message: "Something broke in Quern.",
  },
  SEARCH_PROVIDER_ERROR: {
    status: 502,
    retryable: true,
    fault: "target",
    message: "The search provider failed.",
  },
  SEARCH_NOT_CONFIGURED: {
    status: 503,
    retryable: false,
    fault: "us",
    message: "Search needs a provider: set QUERN_SEARCH_URL.",
  },
  UNAVAILABLE: {
    status: 503,
    retryable: true,
    fault: "us",
    message: "Quern cannot do this right now.",
  },
} as const satisfies Record<string, RequestErrorRow>;

/** Errors that end a page: one row per code, the vendor's seventeen and no other, since clients refuse unknown ones. */
export const JOB_ERRORS = {
  INVALID_URL: {
    retryable: false,
    triesAgain: "never",
    fault: "caller",
    message: "The URL may not be asked.",
  },
  NETWORK_ERROR: {
    retryable: true,
    triesAgain: "within_time",
    finalReasons: ["tls", "too_many_redirects"],
    fault: "target",
    message: "The page could not be reached.",
  },
  TIMEOUT: {
    retryable: true,
    triesAgain: "within_time",
    fault: "target",
    message: "The page did not answer in time.",
  },
  RATE_LIMITED: {
    retryable: true,
    triesAgain: "within_time",
    fault: "target",
    message: "The site says that it is asked too often.",
  },
  TEMPORARY_BLOCK: {
    retryable: true,
    triesAgain: "within_time",
    fault: "target",
    message: "The site does not answer with its page right now.",
  },
  PERMANENT_BLOCK: {
    retryable: false,
    triesAgain: "once",
    fault: "target",
    message: "The site refuses to show this page.",
  },
  CAPTCHA_CHALLENGE: {
    retryable: false,
    triesAgain: "never",
    fault: "target",
    message: "The site answers with a challenge instead of its page.",
  },
  AUTH_REQUIRED: {
    retryable: false,
    triesAgain: "never",
    fault: "target",
    message: "The site wants a login for this page.",
  },
  UNPROCESSABLE_CONTENT: {
    retryable: false,
    triesAgain: "never",
    fault: "target",
    message: "There is nothing here that can be read.",
  },
  INVALID_WAIT_FOR_SELECTOR: {
    retryable: false,
    triesAgain: "never",
    fault: "caller",
    message: "wait_for is not a valid selector.",
  },
  WAIT_FOR_SELECTOR_TIMEOUT: {
    retryable: true,
    triesAgain: "never",
    fault: "target",
    message: "The selector of wait_for did not appear in time.",
  },
  PROXY_ERROR: {
    retryable: true,
    triesAgain: "next_proxy",
    finalReasons: ["no_proxy_configured"],
    fault: "us",
    message: "The proxy failed.",
  },
  PAYMENT_REQUIRED: {
    retryable: false,
    triesAgain: "never",
    fault: "caller",
    message: "The API key's token budget for this month is used up.",
  },
  CANCELLED: {
    retryable: false,
    triesAgain: "never",
    fault: "caller",
    message: "The work was cancelled.",
  },
  WORK_CONCURRENCY_LIMITED: {
    retryable: true,
    triesAgain: "never",
    fault: "us",
    message: "All places for pages are taken.",
  },
  WORK_CONCURRENCY_LEASE_EXPIRED: {
    retryable: true,
    triesAgain: "never",
    fault: "us",
    message: "The job was given up, since its workers died on it.",
  },
  INTERNAL_ERROR: {
    retryable: true,
    triesAgain: "within_time",
    fault: "us",
    finalReasons: ["no_browser"],
    message: "Something broke in Quern.",
  },
} as const satisfies Record<string, JobErrorRow>;

export type RequestErrorCode = keyof typeof REQUEST_ERRORS;
export type JobErrorCode = keyof typeof JOB_ERRORS;

// Object.keys forgets which keys a table has.
export const REQUEST_ERROR_CODES = Object.keys(REQUEST_ERRORS) as RequestErrorCode[];
export const JOB_ERROR_CODES = Object.keys(JOB_ERRORS) as JobErrorCode[];
