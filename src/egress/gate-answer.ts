import { STATUS_CODES } from "node:http";
import type { PageError } from "../contract/app-error.ts";
import type { JobErrorCode } from "../contract/error-table.ts";

/** What the proxy itself tells the browser. */
export interface GateAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string;
}

/** `Proxy-Status` (RFC 9209) says that this is not the host's answer, which never gets through with that header. */
export function failureAnswer({ code, reason, message }: PageError): GateAnswer {
  const { status, error } = FAILURES[code] ?? UNKNOWN;
  const details = reason === null ? "" : `; details="${reason}"`;
  return gateAnswer(status, message, ["Proxy-Status", `quern; error=${error}${details}`]);
}

export const MALFORMED = gateAnswer(400, "This is no request that a browser sends to a proxy.", [
  "Proxy-Status",
  "quern; error=http_request_error",
]);

export const UNKNOWN_CLIENT = gateAnswer(407, "", [
  "Proxy-Authenticate",
  'Basic realm="quern", charset="UTF-8"',
]);

/** For a connection that no server writes to any more. */
export function answerText({ status, headers, body }: GateAnswer): string {
  const lines = headers.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : [],
  );
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n");
}

interface FailureRow {
  readonly status: number;
  /** RFC 9209 section 2.3. */
  readonly error: string;
}

const FAILURES: Partial<Record<JobErrorCode, FailureRow>> = {
  INVALID_URL: { status: 403, error: "http_request_denied" },
  UNPROCESSABLE_CONTENT: { status: 403, error: "http_response_body_size" },
  NETWORK_ERROR: { status: 502, error: "destination_unavailable" },
  PROXY_ERROR: { status: 502, error: "proxy_configuration_error" },
  TIMEOUT: { status: 504, error: "connection_timeout" },
};
const UNKNOWN: FailureRow = { status: 500, error: "proxy_internal_error" };

/** The connection ends with it: what else was sent on it stays unread. */
function gateAnswer(status: number, body: string, headers: readonly string[]): GateAnswer {
  return {
    status,
    headers: [
      ...headers,
      ...["Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"],
      ...["Content-Length", String(Buffer.byteLength(body)), "Connection", "close"],
    ],
    body,
  };
}
