/** Whether an `If-None-Match` header names this tag (RFC 9110 section 13.1.2: weak ones count, `*` is any). */
export function hasEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.match(TAG)?.includes(etag) ?? false;
}

/** The opaque part; a comma may stand in it. */
const TAG = /"[\x21\x23-\x7e\x80-\xff]*"/g;
