/**
 * The request target as the router wants it: without the origin that a proxy's client sends (RFC 9112 section
 * 3.2.2), with one leading slash, and with no escape that can't be decoded, so that nothing but a route decides.
 */
export function rewriteUrl(target: string): string {
  const [path = "", ...query] = target.replace(/^https?:\/\/[^/?#]*/i, "").split("?");
  const rooted = path.replace(/^\/*/, "/");
  return [isDecodable(rooted) ? rooted : rooted.replaceAll("%", "%25"), ...query].join("?");
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
