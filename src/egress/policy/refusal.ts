/** Why a URL or an address may not be asked. The message never repeats it: it may come from a look-up or a redirect. */
export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  /** For the caller. */
  readonly message: string;
}

export type RefusalReason = keyof typeof MESSAGES;

export function refuse(reason: RefusalReason): Refusal {
  return { ok: false, reason, message: MESSAGES[reason] };
}

const MESSAGES = {
  scheme_not_allowed:
    "Only absolute http and https URLs can be read, such as https://example.com/page",
  bad_host:
    "The URL's host is not a valid name or address; a valid URL is https://example.com/page",
  credentials:
    "The URL may hold no user name or password; send an Authorization header in headers instead",
  address_not_allowed:
    "The URL's host is not allowed: only public internet addresses and the networks that the operator lets through may be asked",
  port_not_allowed:
    "The URL's port is not allowed: leave it out to use 80 for http or 443 for https, or use one that the operator lets through",
} as const;
