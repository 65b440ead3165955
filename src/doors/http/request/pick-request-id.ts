import { randomUUIDv7 } from "node:crypto";

/** The caller's `X-Request-Id` where it can stand in a header and in a log as it is, else a new one. */
export function pickRequestId(header: string | string[] | undefined): string {
  return typeof header === "string" && USABLE.test(header) ? header : randomUUIDv7();
}

const USABLE = /^[A-Za-z0-9._-]{1,128}$/;
