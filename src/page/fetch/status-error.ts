import { PageError } from "../../contract/app-error.ts";
import type { JobErrorCode } from "../../contract/error-table.ts";
import { retryAfterMs } from "./retry-after.ts";

interface StatusRule {
  readonly from: number;
  readonly to: number;
  readonly code: JobErrorCode | null;
  readonly why: string;
}

/** What a status says of a page whose body says nothing better. The first row that matches decides. */
const STATUS_RULES: readonly StatusRule[] = [
  { from: 200, to: 299, code: null, why: "the page, or a part of it" },
  { from: 401, to: 401, code: "AUTH_REQUIRED", why: "the site wants a login" },
  {
    from: 407,
    to: 407,
    code: "AUTH_REQUIRED",
    why: "said by the site: our proxy's is PROXY_ERROR",
  },
  { from: 403, to: 403, code: "PERMANENT_BLOCK", why: "the site refuses" },
  { from: 451, to: 451, code: "PERMANENT_BLOCK", why: "the law refuses" },
  { from: 429, to: 429, code: "RATE_LIMITED", why: "asked too often" },
  { from: 500, to: 599, code: "TEMPORARY_BLOCK", why: "the site is broken or busy" },
  {
    from: 0,
    to: 999,
    code: "UNPROCESSABLE_CONTENT",
    why: "no page: 404, 410, or a redirect to nowhere",
  },
];

interface StatusFacts {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The failure that an answer's status is; null where it is none. `now` in ms, for `Retry-After` dates. */
export function statusError({ status, headers }: StatusFacts, now: number): PageError | null {
  const rule = STATUS_RULES.find(({ from, to }) => from <= status && status <= to);
  if (rule === undefined || rule.code === null) return null;
  return new PageError(rule.code, {
    message: `The site answers with status ${status}.`,
    details: { reason: `http_${status}`, http_status: String(status) },
    retryAfterMs: retryAfterMs(headers["retry-after"], now),
  });
}
