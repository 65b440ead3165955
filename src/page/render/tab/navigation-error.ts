import { PageError } from "../../../contract/app-error.ts";
import type { JobErrorCode } from "../../../contract/error-table.ts";

interface NetErrorRow {
  /** Of Chromium's `net/base/net_error_list.h`, without `net::ERR_`. */
  readonly pattern: RegExp;
  readonly code: JobErrorCode;
  readonly reason: string;
}

/** The first row that matches decides. What the gate itself refused is known better there: ask it first. */
const NET_ERRORS: readonly NetErrorRow[] = [
  { pattern: /^NAME_/, code: "NETWORK_ERROR", reason: "dns" },
  { pattern: /^(?:CERT_|SSL_|BAD_SSL)/, code: "NETWORK_ERROR", reason: "tls" },
  {
    pattern: /^(?:TOO_MANY_REDIRECTS|TOO_MANY_ACCEPT_CH)/,
    code: "NETWORK_ERROR",
    reason: "too_many_redirects",
  },
  {
    pattern:
      /^(?:UNSAFE_REDIRECT|UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME|INVALID_URL|INVALID_REDIRECT)/,
    code: "INVALID_URL",
    reason: "redirect",
  },
  { pattern: /^UNSAFE_PORT/, code: "INVALID_URL", reason: "port_not_allowed" },
  { pattern: /^(?:CONNECTION_TIMED_OUT|TIMED_OUT)/, code: "TIMEOUT", reason: "connect" },
  {
    pattern: /^(?:CONNECTION_REFUSED|CONNECTION_FAILED|ADDRESS_|TUNNEL_|PROXY_)/,
    code: "NETWORK_ERROR",
    reason: "connect",
  },
  { pattern: /^(?:CONTENT_DECODING|INVALID_CHUNKED)/, code: "NETWORK_ERROR", reason: "decode" },
  { pattern: /^RESPONSE_HEADERS_TOO_BIG/, code: "NETWORK_ERROR", reason: "headers_too_large" },
];

/** The failure that Chromium's `net::ERR_…` is: the codes and reasons of plain pages. */
export function navigationError(errorText: string): PageError {
  const name = errorText.replace(/^net::ERR_/, "");
  const row = NET_ERRORS.find(({ pattern }) => pattern.test(name));
  const { code, reason } = row ?? { code: "NETWORK_ERROR" as const, reason: "reset" };
  return new PageError(code, { details: { reason }, cause: new Error(errorText) });
}
