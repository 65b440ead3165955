import { PageError } from "../contract/app-error.ts";
import type { Refusal } from "./policy/refusal.ts";

/** Neither reason nor message says what was refused: it may come from a look-up or a redirect. */
export function toInvalidUrl({ reason, message }: Refusal): PageError {
  return new PageError("INVALID_URL", { message, details: { reason } });
}
