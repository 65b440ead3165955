import { MAX_TARGET_HEADER_BYTES, MAX_TARGET_HEADERS } from "./limits.ts";

export interface HeaderRefusal {
  /** Null: the headers as a whole. */
  readonly name: string | null;
  readonly message: string;
}

/** Why these headers may not be sent to a target; empty when they may. */
export function judgeHeaders(headers: Readonly<Record<string, string>>): HeaderRefusal[] {
  const entries = Object.entries(headers);
  const refusals = entries.flatMap(([name, value]) => judgeHeader(name, value));
  if (entries.length > MAX_TARGET_HEADERS) {
    refusals.push({ name: null, message: `At most ${MAX_TARGET_HEADERS} headers are allowed` });
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (bytes > MAX_TARGET_HEADER_BYTES) {
    refusals.push({
      name: null,
      message: `Headers may hold at most ${MAX_TARGET_HEADER_BYTES} bytes in all`,
    });
  }
  return refusals;
}

/** Headers that come back in metadata, configs and logs: values of sensitive names as `***`. */
export function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSensitiveHeader(name) ? "***" : value]),
  );
}

export function isSensitiveHeader(name: string): boolean {
  return /^(?:authorization|proxy-authorization|cookie)$|key|token|secret|auth|session/i.test(name);
}

/** Names that would let somebody steer the connection itself (RFC 9110 section 7.6.1). */
export function isConnectionHeader(name: string): boolean {
  return CONNECTION_NAMES.has(name.toLowerCase());
}

const CONNECTION_NAMES: ReadonlySet<string> = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"],
  ...["te", "trailer", "transfer-encoding", "upgrade", "expect", "http2-settings"],
]);

/** Names whose value is ours to say. */
const OUR_NAMES: ReadonlyMap<string, string> = new Map([
  ["host", "it follows from the URL"],
  ["content-length", "the request has no body"],
  ["accept-encoding", "Quern says what it can decode"],
]);

function whyRefused(name: string): string | undefined {
  return isConnectionHeader(name) ? "it is a connection header" : OUR_NAMES.get(name.toLowerCase());
}

function judgeHeader(name: string, value: string): HeaderRefusal[] {
  // RFC 9110 section 5.1: a field name is a token.
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    return [{ name, message: "Not a valid header name" }];
  }
  const why = whyRefused(name);
  if (why !== undefined) return [{ name, message: `This header may not be set: ${why}` }];
  // Section 5.5: what is neither a line break nor a control character, and fits one byte.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    return [
      {
        name,
        message: "The value may hold no line breaks, control characters or non-Latin-1 characters",
      },
    ];
  }
  return [];
}
