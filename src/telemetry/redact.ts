const MASK = "***";
/** Facts are shallow; what lies deeper is not looked for, and not followed in circles. */
const MAX_DEPTH = 4;

/** Names whose values are secrets. `keyId` and `tokens_charged` are not among them. */
const SECRET_NAME =
  /^(?:cookie|set-cookie|key)$|(?:authorization|api[-_]?key|secret|password|token|cookies)$/i;

/** Log facts without the secrets that slipped in: the last line of defence, not the first. */
export function redact(facts: Record<string, unknown>): Record<string, unknown> {
  return maskObject(facts, 0);
}

/** A URL without what may be private in it: query, fragment and credentials. */
export function withoutQuery(value: unknown): unknown {
  if (typeof value !== "string" && !(value instanceof URL)) return value;
  const url = URL.parse(value);
  if (url === null) return String(value).replace(/[?#].*$/s, "");
  return url.host === "" ? url.protocol : `${url.protocol}//${url.host}${url.pathname}`;
}

function maskObject(object: Readonly<Record<string, unknown>>, depth: number) {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) ? MASK : maskValue(value, depth + 1),
    ]),
  );
}

function maskValue(value: unknown, depth: number): unknown {
  return depth < MAX_DEPTH && isPlainObject(value) ? maskObject(value, depth) : value;
}

/** Errors, dates and the like have serializers of their own. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
