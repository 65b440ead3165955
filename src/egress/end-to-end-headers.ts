import { isConnectionHeader } from "../contract/target-headers.ts";
import type { EgressAnswer } from "./egress.ts";

type Headers = EgressAnswer["headers"];

/**
 * The headers that a proxy hands on: those that speak of the connection end here (RFC 9110 section 7.6.1), and so does
 * whatever `Connection` names, and what is said between a client and its proxy.
 */
export function endToEndHeaders(headers: Headers): Headers {
  const named = new Set(
    headers
      .filter(([name]) => name.toLowerCase() === "connection")
      .flatMap(([, value]) => value.split(",").map((name) => name.trim().toLowerCase())),
  );
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !isConnectionHeader(lower) && !lower.startsWith("proxy-") && !named.has(lower);
  });
}
