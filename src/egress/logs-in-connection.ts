import type { EgressOrder } from "./egress.ts";

/**
 * Whether these headers may log in the connection and not only the request, as NTLM and Negotiate do (RFC 4559
 * section 6): the next page on it would be read in somebody else's name.
 */
export function logsInConnection(headers: EgressOrder["headers"]): boolean {
  return headers.some(
    ([name, value]) => name.toLowerCase() === "authorization" && !ONE_REQUEST.test(value),
  );
}

/** The schemes that are known to speak for one request (RFC 7617, 6750, 7616). */
const ONE_REQUEST = /^\s*(?:basic|bearer|digest)(?:\s|$)/i;
