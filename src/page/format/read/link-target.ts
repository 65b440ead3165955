import { resolveLink } from "../../url/resolve-url.ts";

/** Links that are no pages but that readers use. Every other scheme may start a program or a script. */
const KEPT_SCHEMES = /^(?:mailto|tel|sms|ftp|ftps|sftp|irc|ircs|xmpp|magnet|geo|news|webcal):/i;
/** URL parsers drop these, so that `java\nscript:` is a scheme too. */
const DROPPED = /[\t\n\r]+/g;
const ANY_SCHEME = /^[a-z][a-z\d+.-]*:/i;
const HTTP = /^https?:/i;
const CONTROL = /\p{Cc}/u;

/**
 * Where a link leads: absolute, or as it is written where the base is "" (a fragment of HTML from nowhere). Null
 * where a reader can't go there, and for `#`, which scripts listen on.
 */
export function linkTarget(baseUrl: string, href: string): string | null {
  const written = href.replace(DROPPED, "").trim();
  if (written === "#" || CONTROL.test(written)) return null;
  if (KEPT_SCHEMES.test(written)) return written;
  if (baseUrl === "") return ANY_SCHEME.test(written) && !HTTP.test(written) ? null : written;
  return resolveLink(baseUrl, written);
}

/** As {@link linkTarget}, for what is loaded rather than gone to. */
export function sourceAddress(baseUrl: string, src: string): string | null {
  return KEPT_SCHEMES.test(src.trim()) ? null : linkTarget(baseUrl, src);
}
