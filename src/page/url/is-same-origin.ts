/** Scheme, host and port are equal (RFC 6454): what one origin was told in confidence, the other may hear. */
export function isSameOrigin(a: URL, b: URL): boolean {
  return a.origin === b.origin;
}
